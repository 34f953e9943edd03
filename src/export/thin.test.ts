// Lines that are thinned keep what a chart can show.
import fc from "fast-check";
import { expect, test } from "vitest";
import { traceOfSteps } from "../../test/support/random_trace.ts";
import { thinEntries, thinLine } from "./thin.ts";

function thinned(slice: number, points: readonly (readonly [number, number])[]): [number, number][] {
  const kept: [number, number][] = [];
  const line = thinLine(slice, (time, value) => void kept.push([time, value]));
  for (const [time, value] of points) line.add(time, value);
  line.end();
  return kept;
}

const line = fc
  .array(fc.tuple(fc.nat(1000), fc.nat(50)), { minLength: 1 })
  .map((points) => points.sort(([a], [b]) => a - b));

test("each slice keeps its lowest, its highest and its last value, in their order", () => {
  fc.assert(
    fc.property(line, fc.integer({ min: 1, max: 400 }), (points, slice) => {
      const kept = thinned(slice, points);
      const sliceOf = ([time]: readonly [number, number]): number => Math.floor(time / slice);
      for (const n of new Set(points.map(sliceOf))) {
        const all = points.filter((point) => sliceOf(point) === n);
        const some = kept.filter((point) => sliceOf(point) === n);
        expect(some.length).toBeLessThanOrEqual(3);
        const values = (list: readonly (readonly [number, number])[]) => list.map(([, value]) => value);
        expect(Math.max(...values(some))).toBe(Math.max(...values(all)));
        expect(Math.min(...values(some))).toBe(Math.min(...values(all)));
        expect(some.at(-1)).toEqual(all.at(-1));
      }
      const places = kept.map((point) =>
        points.findIndex((one) => one === point || (one[0] === point[0] && one[1] === point[1])),
      );
      expect(kept.map(([time]) => time)).toEqual(kept.map(([time]) => time).sort((a, b) => a - b));
      expect(places.every((at) => at >= 0)).toBe(true);
    }),
  );
});

test("a slice of 0 keeps everything", () => {
  fc.assert(fc.property(line, (points) => void expect(thinned(0, points)).toEqual(points)));
});

test("of very many entries, each slice and instance keeps the one with the most operations", () => {
  const steps = traceOfSteps(
    Array.from({ length: 200 }, (_, n) => [n % 12, n % 3, 16]),
    16384,
  );
  const trace = { ...steps, time: Float64Array.from(steps.time, (_, row) => row * 10) };
  const heap = { index: 0, trace, range: { from: 0, to: trace.length } };
  const entries = Array.from({ length: 60_000 }, (_, n) => {
    const from = n % 100;
    return {
      trace: 0,
      instance: n % 2,
      name: `invoke ${n}`,
      from,
      to: from + 1 + (n === 31_415 ? 9 : n % 7),
      uuid: "",
    };
  });
  const few = thinEntries(heap, entries, 100);
  // 1,000 microseconds in slices of 100, two instances.
  expect(few).toHaveLength(20);
  expect(few.map(({ name }) => name)).toContain("invoke 31415");
  expect(thinEntries(heap, entries.slice(0, 1000), 100)).toHaveLength(1000);
  expect(thinEntries(heap, entries, 0)).toHaveLength(60_000);
  expect(thinEntries({ ...heap, index: 1 }, entries, 100)).toHaveLength(0);
});
