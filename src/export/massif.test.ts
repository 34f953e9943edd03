// The axis of time in exports for massif.
import { expect, test } from "vitest";
import { traceOfSteps } from "../../test/support/random_trace.ts";
import { massif } from "./massif.ts";
import { selectRows } from "./selection.ts";

const trace = traceOfSteps(
  Array.from({ length: 60 }, (_, n) => [n % 12, n % 3, 16 + n]),
  16384,
);

/** Times of the snapshots where a row comes every `step` microseconds. */
function axisOf(step: number): { unit: string; times: number[] } {
  const time = Float64Array.from(trace.time, (_, row) => 5_000_000 + row * step);
  const recording = { origin: "r", version: "", traces: [{ ...trace, time }], samples: [], entries: [] };
  const selection = selectRows(recording, { heap: () => true });
  if (!selection.ok) throw new Error(selection.error);
  const text = [...massif.chunks(selection.value, { at: "peak", samples: false, onRows: () => {} })].join("");
  const times = [...text.matchAll(/^time=(.*)$/gm)].map(([, at]) => Number(at));
  return { unit: /^time_unit: (.*)$/m.exec(text)?.[1] ?? "", times };
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
