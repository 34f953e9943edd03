// Tests of ta_memory.ts and of the dumps it adds up: dumps of TAs of every release, as public threads have them.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findCoreStacks } from "../../xtest/core_stack.ts";
import { splitLines } from "../../xtest/fault.ts";
import { findTaDumps, sizesOf } from "../../xtest/ta_dump.ts";
import { taMemory } from "./ta_memory.ts";

const FOLDER = fileURLToPath(new URL("../../../test/fixtures/reports/", import.meta.url));

function read(number: string): string[] {
  const name = readdirSync(FOLDER).find((one) => one.startsWith(`${number}-`));
  return splitLines(readFileSync(`${FOLDER}${name ?? number}`, "utf8"));
}

describe.each([
  // number, UUID, code, data and heap, stack, all, lost
  ["04b", "5b9e0e40-2636-11e1-ad9e-0002a5d5c51b", 1159168, 0, 10240, 1169408, 0],
  ["05", "fd02c9da-306c-48c7-a49c-bbd827ae86ee", 172032, 90112, 8192, 335872, 0],
  ["07", "8aaaf200-2450-11e4-abe2-0002a5d5c51a", 90112, 69632, 4096, 163840, 0],
  ["13", "b56091e0-e3c2-41b9-9f7a-983e26d3bcf1", 1257472, 278528, 135168, 1671168, 0],
  ["28", "7fc5c039-0542-4ee1-80af-b4eab2f1998d", 122880, 10498048, 1052672, 11673600, 0],
  ["30", "37d82404-6269-4ab1-9d00-6fe0a5b33c16", 81920, 1097728, 5242880, 6422528, 5],
  ["52", "b689f2a7-8adf-477a-9f99-32e90c0ad0a2", 36864, 81920, 4096, 122880, 0],
] as const)("%s", (number, uuid, code, data, stack, all, lost) => {
  const lines = read(number);

  test("its memory", () => {
    expect(taMemory(findTaDumps(lines))).toEqual([{ uuid, dumps: 1, code, data, stack, all, lost }]);
  });

  test("its call stack is not the core's", () => {
    expect(findCoreStacks(lines)).toEqual([]);
  });

  test("each region line that a message breaks is missed, and said to be", () => {
    for (const [i, line] of lines.entries()) {
      const at = line.indexOf(" size 0x");
      if (at < 0) continue;
      for (const cut of [at, at + " size 0x".length + 2, line.indexOf("flags")]) {
        const broken = [`${line.slice(0, cut)}[   12.345678] random: crng init done`, line.slice(cut)];
        const [memory] = taMemory(findTaDumps([...lines.slice(0, i), ...broken, ...lines.slice(i + 1)]));
        expect(memory?.lost, line).toBe(lost + 1);
        expect(memory?.all ?? 0).toBeLessThanOrEqual(all);
      }
      const [gone] = taMemory(findTaDumps([...lines.slice(0, i), ...lines.slice(i + 1)]));
      expect(gone?.all ?? 0).toBeLessThanOrEqual(all);
    }
  });

  test("a log that has every line twice", () => {
    const twice = taMemory(
      findTaDumps(lines.flatMap((line) => (line.includes("Status of TA") ? [line] : [line, line]))),
    );
    expect(twice).toEqual([{ uuid, dumps: 1, code, data, stack, all, lost }]);
  });
});

describe("what a dump lacks", () => {
  const OLD = read("28");

  test("without the line of the stack, a region without name may be it or a parameter", () => {
    const dumps = findTaDumps(OLD.filter((line) => !line.includes(" stack: 0x")));
    expect(dumps.map((dump) => [dump.lost, sizesOf(dump).unclear, sizesOf(dump).parameter])).toEqual([
      [1, 1052672, 4096],
    ]);
    expect(taMemory(dumps)).toMatchObject([{ stack: 0, all: 122880 + 10498048, lost: 1 }]);
  });

  test("half of the oldest form", () => {
    const half = findTaDumps(read("04b").filter((line) => !line.includes("- code area")));
    expect(taMemory(half)).toMatchObject([{ code: 0, stack: 10240, all: 10240, lost: 1 }]);
  });

  test("a dump without regions has no memory to show", () => {
    const bare = OLD.filter((line) => !line.includes("region"));
    expect(taMemory(findTaDumps(bare))).toEqual([]);
    expect(taMemory(findTaDumps([...OLD, ...bare]))).toMatchObject([{ dumps: 2, all: 11673600 }]);
  });

  test("a UUID that is not readable is given as printed, and its regions are not the one's before", () => {
    const hidden = OLD.map((line) => line.replace(/7fc5c039-\S+/, "<REDACTED>"));
    expect(taMemory(findTaDumps([...read("07"), ...hidden])).map(({ uuid, all }) => [uuid, all])).toEqual([
      ["8aaaf200-2450-11e4-abe2-0002a5d5c51a", 163840],
      ["<REDACTED>", 11673600],
    ]);
  });
});

test("the core's own call stack behind a dump without one is the core's", () => {
  const lines = [
    ...read("28").filter((line) => !/Call stack|0x00\d{5,}$/.test(line)),
    "E/TC:0 0 Panic at core/kernel/thread.c:12 <x>",
    "E/TC:0 0 TEE load address @ 0x6e15b000",
    "E/TC:0 0 Call stack:",
    "E/TC:0 0  0x6e1664e0",
  ];
  expect(findCoreStacks(lines)).toMatchObject([{ addresses: [0x6e1664e0] }]);
});
