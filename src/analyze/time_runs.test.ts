// Tests of time_runs.ts.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { type HeapRows, timeRuns } from "./time_runs.ts";

const rowsAt = (times: readonly number[], from = 0, to = times.length): HeapRows => ({
  trace: { time: Float64Array.from(times) } as unknown as RecordedTrace,
  range: { from, to },
});

const merged = (heaps: readonly HeapRows[]): [number, number][] =>
  [...timeRuns(heaps)].flatMap(({ heap, from, to }) =>
    Array.from({ length: to - from }, (_, n): [number, number] => [heap, from + n]),
  );

test("gives every row once, by time, and at the same time by heap", () => {
  const ascending = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 }).map((t) => t.sort((a, b) => a - b));
  fc.assert(
    fc.property(fc.array(ascending, { maxLength: 5 }), (times) => {
      const expected = times
        .flatMap((list, heap) => list.map((time, row) => ({ time, heap, row })))
        .sort((a, b) => a.time - b.time || a.heap - b.heap || a.row - b.row);
      expect(merged(times.map((list) => rowsAt(list)))).toEqual(expected.map(({ heap, row }) => [heap, row]));
    }),
  );
});

test("keeps to its range, and to the order of a heap whose clock steps back", () => {
  expect(merged([rowsAt([1, 2, 3, 4], 1, 3), rowsAt([], 0, 0)])).toEqual([
    [0, 1],
    [0, 2],
  ]);
  expect(merged([rowsAt([1, 9, 2, 10]), rowsAt([5])])).toEqual([
    [0, 0],
    [1, 0],
    [0, 1],
    [0, 2],
    [0, 3],
  ]);
  expect(merged([])).toEqual([]);
});

test("takes rows that follow one another as one run", () => {
  expect([...timeRuns([rowsAt([1, 2, 3, 7]), rowsAt([4, 5])])]).toEqual([
    { heap: 0, from: 0, to: 3 },
    { heap: 1, from: 0, to: 2 },
    { heap: 0, from: 3, to: 4 },
  ]);
});
