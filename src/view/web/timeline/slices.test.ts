// The rows above the charts, and which of their slices lies under the pointer.
import { expect, test } from "vitest";
import type { FileFacts } from "../worker/questions.ts";
import { sliceAt } from "./draw_slices.ts";
import { sliceRows } from "./slices.ts";

const mark = (kind: string, time: number, name: string, heap = -1) => ({
  kind,
  time,
  heap,
  row: 0,
  name,
  command: "",
  size: 64,
});
const facts = {
  to: 100,
  order: "",
  heaps: [{ name: "core" }, { name: "ta-u" }],
  marks: [mark("mark", 10, "t-1"), mark("load", 12, "", 1), mark("mark", 50, "t-2"), mark("refused", 60, "a.c:1", 0)],
  entries: [{ heap: 1, uuid: "u", name: "invoke 3", from: 20, to: 30, fromRow: 0, toRow: 1 }],
} as unknown as FileFacts;

test("a test lasts until the next, the last one to the end", () => {
  const [tests] = sliceRows(facts, null);
  expect(tests?.slices.map(({ from, to }) => [from, to])).toEqual([
    [10, 50],
    [50, 100],
  ]);
});

test("a failed request is bad and says its size and call site; other heaps are left out", () => {
  const events = sliceRows(facts, 0).find(({ name }) => name === "events");
  expect(events?.slices).toEqual([{ from: 60, to: 60, text: "core: allocation of 64 bytes failed, a.c:1", bad: true }]);
  expect(sliceRows(facts, 0).map(({ name }) => name)).toEqual(["tests", "events"]);
  expect(sliceRows(facts, 1).map(({ name }) => name)).toEqual(["tests", "commands", "events"]);
});

test("the pointer finds what reaches it, and moments nearby", () => {
  const [tests, , events] = sliceRows(facts, null);
  expect([sliceAt(tests, 49, 0)?.text, sliceAt(tests, 50, 0)?.text, sliceAt(tests, 5, 0)]).toEqual([
    "t-1",
    "t-2",
    undefined,
  ]);
  expect([sliceAt(events, 58, 3)?.from, sliceAt(events, 56, 3)]).toEqual([60, undefined]);
});
