// Tests of leak_repair.ts.
import { describe, expect, it } from "vitest";
import { createFinder, findSlips, sizeSlips } from "./leak_repair.ts";

describe("slips of places", () => {
  const seen = [
    { site: "core/mm/vm.c:307", blocks: 20000 },
    { site: "core/mm/vm.c:301", blocks: 5000 },
    { site: "core/mm/vmXc:307", blocks: 15 },
    { site: "core/mm/v.c:307", blocks: 180 },
    { site: "core/mm/vm.c:30", blocks: 5 },
    { site: "core/mm/vm.c:388", blocks: 2000 },
    { site: "other/file.c:12", blocks: 1 },
  ];

  it("are those that the damage explains", () => {
    expect([...findSlips(seen, 0.01)].sort()).toEqual([
      [2, 0],
      [3, 0],
      [4, -1],
    ]);
  });

  it("are none in a log without damage, or too small to have any", () => {
    expect(findSlips(seen, 0).size).toBe(0);
    const few = seen.map(({ site, blocks }) => ({ site, blocks: Math.ceil(blocks / 2000) }));
    expect(findSlips(few, 0.001).size).toBe(0);
  });
});

describe("a damaged place", () => {
  const find = createFinder(["core/mm/vm.c:307", "core/mm/mobj.c:168", "core/mm/mobj.c:188"]);
  it.each([
    ["core/mm/vm.c:307", 0],
    ["core/#m/vm.c:307", 0],
    ["cre/mm/v.c:307", 0],
    ["core/mm/vm.c:307x", 0],
    ["core/mm/mobj.c:1#8", -1],
    ["core/mm/mob#.c:168", 1],
    ["a.c:1", undefined],
  ])("%s", (text, index) => {
    expect(find(text)).toBe(index);
  });
});

it("slips of sizes have one digit less or another, and are rare", () => {
  const others = new Map([
    [43, 60],
    [32, 70],
    [482, 20],
    [4320, 1],
    [56, 3],
    [431, 4000],
  ]);
  expect(sizeSlips(432, others, 10000, 0.01)).toEqual(new Set([43, 32, 482, 4320]));
  expect(sizeSlips(432, others, 10, 0.01).size).toBe(0);
});
