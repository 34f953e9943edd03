// Tests of text_content.ts, text_samples.ts and text_summary.ts: one text with everything in it.
import { describe, expect, it, test } from "vitest";
import { SINCE_4_0 } from "../release/since_4_0.ts";
import { printAlloc, printTa } from "../xtest/print.ts";
import { createContentReader, type TextContent } from "./text_content.ts";
import { isEmpty, summaryText } from "./text_summary.ts";

const zeros = { allocated: 0, maxAllocated: 0, size: 0, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 };
const UUID = "8aaaf200-2450-11e4-abe2-0002a5d5c51b";

function alloc(allocated: number): string {
  const heap = { ...zeros, name: "Heap", allocated, maxAllocated: allocated, size: 65536 };
  return printAlloc([heap, ...["", "Secure DDR", ""].map((name) => ({ ...zeros, name }))], SINCE_4_0);
}

function read(text: string, cut = false): TextContent {
  const reader = createContentReader("x.log");
  for (let at = 0; at < text.length; at += 1000) reader.push(Buffer.from(text.slice(at, at + 1000)));
  return reader.end(cut);
}

const TA = printTa([{ uuid: UUID, panicked: 0, sessions: 1, heap: { ...zeros, name: "", size: 32768 } }], SINCE_4_0);
const LIST = "I/TC: buffer: 24 bytes a.c:1\nI/TC: buffer: 16 bytes lib/libutils/isoc/bget_malloc.c:935\n";

describe("a text with everything", () => {
  const { counters, leaks, console, pools, tas, summary } = read(
    `* regression_1001 Core self tests\n${alloc(100)}D/TC:0 0 x:1 y\n${LIST}E/TC:0 0 Panic 'x' at a.c:1 <y>\n${alloc(200)}${TA}`,
  );

  it("gives each reader its part", () => {
    expect(counters.samples.map(({ time, heap, stats }) => [time, heap, stats.allocated])).toEqual([
      [0, "Heap", 100],
      [1, "Heap", 200],
      [2, UUID, 0],
    ]);
    expect(leaks.lists.map(({ blocks, bytes }) => [blocks, bytes])).toEqual([[2, 40]]);
    expect([...console.voices].sort()).toEqual(["D/TC", "E/TC"]);
    expect([pools?.[0]?.allocated, tas?.[0]?.uuid]).toEqual([200, UUID]);
  });

  it("is summed up in one line", () => {
    expect(summaryText(summary)).toMatch(
      /^1 pool and 1 TA in 3 samples · 4 console lines · 1 test · 2 leak lines in 1 list/,
    );
    expect(isEmpty(summary)).toBe(false);
  });
});

test.each([
  ["hello\nworld\n", true, "nothing understood in 2 lines"],
  ["", true, "empty"],
  [TA, false, "1 TA in 1 sample"],
  [LIST, false, "2 leak lines in 1 list"],
  ["xtest: TEEC_OpenSession: res 0xffff0008 err_orig 0x3\n", false, "1 fault"],
])("%j", (text, empty, words) => {
  const { summary } = read(text);
  expect([isEmpty(summary), summaryText(summary)]).toEqual([empty, words]);
});

test("a file that was cut off says so", () => {
  expect(summaryText(read(LIST, true).summary)).toMatch(/ · the file is cut off$/);
});

describe("times", () => {
  test.each([
    ["uptime before", `uptime 12.5\n${alloc(1)}uptime 14\n${alloc(2)}`, [12_500_000, 14_000_000]],
    [
      "stamps",
      `[10.250000] ${alloc(1).trimEnd().replaceAll("\n", "\n[10.250000] ")}\n[12.000000] ${alloc(2).trimEnd().replaceAll("\n", "\n[12.500000] ")}\n`,
      [0, 1_750_000],
    ],
    ["none", alloc(1) + alloc(2), [0, 1]],
  ])("%s", (_, text, times) => expect(read(text).counters.samples.map(({ time }) => time)).toEqual(times));
});
