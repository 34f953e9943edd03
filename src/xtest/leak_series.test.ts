// Tests of leak_series.ts, and of the reader with more lists than it keeps.
import { expect, it, test } from "vitest";
import { readConsoleLog } from "./console_log.ts";
import { createSeries } from "./leak_series.ts";

const TABLE = "I/TC: buffer: 16 bytes lib/libutils/isoc/bget_malloc.c:935";

function log(lists: number, from = "TC"): Uint8Array {
  const list = (n: number): string => `I/${from}: buffer: ${8 * (n + 1)} bytes a.c:1\n${TABLE.replace("TC", from)}\n`;
  return Buffer.from(Array.from({ length: lists }, (_, n) => list(n)).join(""));
}

it.each([
  [4, 1, [0, 1, 2, 3]],
  [5, 2, [0, 2, 4]],
  [6, 2, [0, 2, 4, 5]],
  [9, 4, [0, 4, 8]],
  [100, 64, [0, 64, 99]],
])("of %d lists, four are kept: every %d-th, the first and the last", (count, every, kept) => {
  const { lists, series, lost } = readConsoleLog(log(count), { most: 4 });
  expect(series).toEqual([{ from: "TC", lists: count, every }]);
  expect(lists.map(({ index }) => index)).toEqual(kept);
  // What is kept is exact.
  expect(lists.map(({ blocks, bytes }) => [blocks, bytes])).toEqual(kept.map((n) => [2, 8 * (n + 1) + 16]));
  expect(lost).toBe(0);
});

it("thins out each sender's lists by themselves", () => {
  const both = Buffer.concat([log(9), log(3, "TA")]);
  expect(readConsoleLog(both, { most: 4 }).series).toEqual([
    { from: "TC", lists: 9, every: 4 },
    { from: "TA", lists: 3, every: 1 },
  ]);
});

it("keeps fewer lists if they are long", () => {
  const sites = Array.from({ length: 200 }, (_, n) => `I/TC: buffer: 8 bytes a.c:${n}\n`).join("");
  const { lists, series } = readConsoleLog(Buffer.from(`${sites}${TABLE}\n`.repeat(20)), { most: 16 });
  expect(series).toEqual([{ from: "TC", lists: 20, every: 4 }]);
  expect(lists.every(({ blocks }) => blocks === 201)).toBe(true);
});

test("lists that are left out are in the sums", () => {
  const series = createSeries(2);
  for (let n = 0; n < 3; n++) series.begin(0, n).damaged = 1;
  expect([series.begun, series.damaged, series.kept().length]).toEqual([3, 1, 2]);
});
