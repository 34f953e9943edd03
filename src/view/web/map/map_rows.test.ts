// Tests of where the bytes of a heap lie on its picture.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { MapFacts } from "../worker/memory_questions.ts";
import { barsOf, mapRows, partAt } from "./map_rows.ts";

/** A map of parts of these sizes in two pools. */
function mapOf(sizes: readonly number[], second: readonly number[]): MapFacts {
  const [start, other] = [0x10010, 0x90000];
  const lay = (base: number, given: readonly number[]): number[] => {
    let next = base;
    return given.map((size) => {
      next += size;
      return next - size;
    });
  };
  const at = [...lay(start, sizes), ...lay(other, second)];
  const size = [...sizes, ...second];
  const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 16);
  const none = new Float64Array(at.length);
  return {
    time: 0,
    shape: { word: 8, leakHeaders: false, pools: [] },
    pools: [
      { at: start, length: sum(sizes) },
      { at: other, length: sum(second) },
    ],
    pool: Int32Array.from(at, (_, n) => (n < sizes.length ? 0 : 1)),
    at: Float64Array.from(at),
    size: Float64Array.from(size),
    site: new Int32Array(at.length),
    address: none,
    asked: none,
    made: none,
    mark: new Int32Array(at.length),
    sites: [],
    marks: [],
  };
}

const sizes = fc.array(
  fc.integer({ min: 2, max: 400 }).map((quanta) => quanta * 16),
  { minLength: 1, maxLength: 60 },
);

test("every stretch of a part is that part's, from edge to edge, and they have its bytes", () => {
  fc.assert(
    fc.property(
      sizes,
      sizes,
      fc.integer({ min: 100, max: 1200 }),
      fc.integer({ min: 50, max: 900 }),
      (a, b, width, height) => {
        const map = mapOf(a, b);
        const rows = mapRows(map.pools, width, height);
        expect(rows.rows * rows.height).toBeLessThanOrEqual(Math.max(height, 8 * rows.rows));
        for (const [part, at] of map.at.entries()) {
          let bytes = 0;
          for (const { x, y, width: wide } of barsOf(rows, map.pool[part] as number, at, map.size[part] as number)) {
            bytes += (wide * rows.bytes) / rows.width;
            expect(partAt(map, rows, x + wide / 2, y + rows.height / 2)).toBe(part);
            expect(x + wide).toBeLessThanOrEqual(width + 1e-9);
          }
          expect(bytes).toBeCloseTo(map.size[part] as number, 6);
        }
      },
    ),
  );
});

test("outside of the pools there is no part", () => {
  const map = mapOf([64], [64]);
  const rows = mapRows(map.pools, 256, 400);
  expect(partAt(map, rows, 1, 1)).toBe(-1);
  expect(partAt(map, rows, -1, 1)).toBe(-1);
  expect(partAt(map, rows, 1, 4000)).toBe(-1);
});
