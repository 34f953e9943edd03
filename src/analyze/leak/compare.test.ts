// Tests of what two lists tell for sure, and of lists of two programs.
import { describe, expect, it, test } from "vitest";
import { compareSnapshots } from "./compare.ts";
import { leakGrowth } from "./growth.ts";
import { libraryBlock } from "./library.ts";
import { mismatch } from "./same_program.ts";
import type { LeakSnapshot } from "./snapshot.ts";

function snapshot(
  sites: Readonly<Record<string, readonly [number, number]>>,
  more: Partial<LeakSnapshot> = {},
): LeakSnapshot {
  const counts = Object.entries(sites).map(([site, [blocks, bytes]]) => [site, { blocks, bytes }] as const);
  return { name: "", heap: "core", sites: new Map(counts), uncertain: 0, ...more };
}

const before = { "a.c:1": [4, 40], "b.c:2": [2, 20] } as const;
const after = { "a.c:1": [7, 70], "b.c:2": [1, 10] } as const;

describe("two lists", () => {
  it.each([
    ["whole", {}, {}, ["a.c:1", "b.c:2"], 0, false],
    ["the first is cut: nothing grew for sure", { cut: true }, {}, ["b.c:2"], 1, true],
    ["the second is cut: nothing shrank for sure", {}, { cut: true }, ["a.c:1"], 1, true],
    ["two blocks not sure: three more are", { uncertain: 2 }, {}, ["a.c:1", "b.c:2"], 0, false],
    ["three blocks not sure explain three more", { uncertain: 3 }, {}, ["b.c:2"], 1, true],
    ["a block that is gone may be the one not sure", {}, { uncertain: 1 }, ["a.c:1"], 1, false],
    ["two not sure are more than the one that is gone", {}, { uncertain: 2 }, ["a.c:1"], 1, true],
  ] as const)("%s", (_, first, second, sites, open, mayHaveGrown) => {
    const found = compareSnapshots(snapshot(before, first), snapshot(after, second));
    expect(found.rows.map(({ site }) => site)).toEqual(sites);
    expect(found.grown.map(({ site }) => site)).toEqual(sites.filter((site) => site === "a.c:1"));
    expect([found.open, found.mayHaveGrown]).toEqual([open, mayHaveGrown]);
  });

  it("do not count a larger table of pools as growth", () => {
    const table = "lib/libutils/isoc/bget_malloc.c:831";
    const found = compareSnapshots(snapshot({ [table]: [1, 16] }), snapshot({ [table]: [1, 32] }));
    expect([found.rows.length, found.grown]).toEqual([1, []]);
  });
});

describe("lists of two programs", () => {
  const sites = (shift: number, folder = "core", table = 935) =>
    snapshot({
      ...Object.fromEntries(["a", "b", "c", "d"].map((name, n) => [`${folder}/${name}.c:${n + shift}`, [1, 8]])),
      [`lib/libutils/isoc/bget_malloc.c:${table}`]: [1, 16],
    });
  it.each([
    ["the same", sites(0), sites(0), null],
    ["two builds", sites(0), sites(10), "build"],
    ["two releases", sites(0), sites(10, "core", 936), "release"],
    ["two TAs of one build", sites(0), sites(0, "ta"), "program"],
    ["few call sites", snapshot({ "a.c:1": [1, 1] }), snapshot({ "a.c:2": [1, 1] }), null],
    ["other lines of one file", snapshot({ "a.c:1": [1, 1], "a.c:3": [1, 1], "a.c:5": [1, 1] }), sites(10), null],
  ])("%s", (_, a, b, found) => {
    expect(mismatch(a, b)).toBe(found);
    expect(mismatch(b, a)).toBe(found);
  });
});

test("growth is told for a step of the whole series, where not all lists are here", () => {
  const grow = (index: number) => snapshot({ "a.c:1": [index + 1, 8 * (index + 1)] }, { index });
  const [row] = leakGrowth([0, 4, 8, 12, 13].map(grow));
  expect(row?.trend.slope).toBeGreaterThan(7);
  expect(row?.trend.slope).toBeLessThan(10);
  expect(leakGrowth([0, 4, 8, 12].map(grow))[0]).toMatchObject({ trend: { slope: 8 }, blocks: 1, leaks: true });
});

it.each([
  ["lib/libutils/isoc/bget_malloc.c:935", "table", true],
  ["lib/libutils/isoc/bget_malloc.c:831", "table", true],
  ["pool table", "table", true],
  ["lib/libutils/isoc/bget_malloc.c:705", "malloc", false],
  ["lib/libutils/ext/mempool.c:121", "scratch pool", true],
  ["lib/libutee/tee_api.c:749", "TEE_Malloc", false],
  ["lib/libutee/user_ta_entry.c:233", "sessions", true],
  ["before", "before the recording", false],
  ["unknown:0", "malloc", false],
])("%s is of a library", (site, what, own) => {
  expect(libraryBlock(site)?.what).toContain(what);
  expect(libraryBlock(site)?.own).toBe(own);
});

it.each(["core/mm/mobj.c:168", "ta/tee_api.c:3", "lib/libutee/tee_api_operations.c:315", "my_mempool.c:3"])(
  "%s is not",
  (site) => expect(libraryBlock(site)).toBeNull(),
);
