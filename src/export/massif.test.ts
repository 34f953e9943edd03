// The axis of time in exports for massif.
import { expect, test } from "vitest";
import { traceOfSteps } from "../../test/support/random_trace.ts";
import { massif } from "./massif.ts";
import { selectRows } from "./selection.ts";

const trace = traceOfSteps(
  Array.from({ length: 60 }, (_, n) => [n % 12, n % 3, 16 + n]),
  16384,
);

/** Where a row comes every `step` microseconds. */
const axisOf = (step: number) => snapshotsAt((row) => row * step);

/** The axis and the snapshots where rows come at such microseconds. */
function snapshotsAt(timeOf: (row: number) => number): { unit: string; times: number[]; bytes: number[] } {
  const time = Float64Array.from(trace.time, (_, row) => 5_000_000 + timeOf(row));
  const recording = { origin: "r", version: "", traces: [{ ...trace, time }], samples: [], entries: [] };
  const selection = selectRows(recording, { heap: () => true });
  if (!selection.ok) throw new Error(selection.error);
  const text = [...massif.chunks(selection.value, { at: "peak", samples: false, onRows: () => {} })].join("");
  const times = [...text.matchAll(/^time=(.*)$/gm)].map(([, at]) => Number(at));
  const bytes = [...text.matchAll(/^mem_heap_B=(.*)$/gm)].map(([, held]) => Number(held));
  return { bytes, unit: /^time_unit: (.*)$/m.exec(text)?.[1] ?? "", times };
}

test("a run of 2 ms has a curve: fractions of milliseconds", () => {
  const { unit, times } = axisOf(2000 / trace.length);
  expect(unit).toBe("ms");
  expect(new Set(times).size).toBeGreaterThan(30);
  expect(times.at(-1)).toBeCloseTo(2, 1);
});

test("a long run has whole milliseconds", () => {
  const { unit, times } = axisOf(1_000_000);
  expect(unit).toBe("ms");
  expect(times.every(Number.isInteger)).toBe(true);
  expect(times.at(-1)).toBe(1000 * (trace.length - 1));
});

test("without times the axis counts operations", () => {
  const { unit, times } = axisOf(0);
  expect(unit).toBe("i");
  expect(times.at(-1)).toBe(trace.length - 1);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test("what is held over a pause is there once more right before it changes", () => {
  // All rows but the last come at once; it comes 5 ms later.
  const { times, bytes } = snapshotsAt((row) => (row === trace.length - 1 ? 5000 : 0));
  expect(times).toEqual([0, 4.999, 5]);
  const held = trace.allocated[trace.length - 2];
  expect(bytes).toEqual([Math.max(...trace.allocated.subarray(0, -1)), held, trace.allocated[trace.length - 1]]);
});
