// Tests of growth.ts.
import { expect, it } from "vitest";
import { growthOf } from "./growth.ts";

const SIZE = 65536;
/** A point a second. */
const series = (used: readonly number[], from = 0) => ({
  times: used.map((_, i) => from + 1000 * i),
  allocated: used,
});
const rising = (n: number, by: number): number[] => Array.from({ length: n }, (_, i) => 20_000 + by * i);

it("a heap that grows by 64 bytes a second: 3,840 a minute, and when it is full", () => {
  const { growth, untilFull } = growthOf(series(rising(31, 64)), SIZE, 0);
  expect(growth).toBeCloseTo(3840, 6);
  const free = SIZE - 20_000 - 30 * 64;
  expect(untilFull).toBeCloseTo((free / 3840) * 60_000, 3);
});

it("without a size nobody knows when it is full", () => {
  expect(growthOf(series(rising(31, 64)), null, 0)).toEqual({ growth: expect.closeTo(3840), untilFull: null });
});

it("what does not change grows by nothing; what comes and goes is never full", () => {
  expect(growthOf(series(rising(30, 0)), SIZE, 0)).toEqual({ growth: 0, untilFull: null });
  const busy = Array.from({ length: 60 }, (_, i) => 20_000 + 500 * ((i * 7) % 5));
  expect(growthOf(series(busy), SIZE, 0).untilFull).toBeNull();
});

it("too few points, or too short a time, tell nothing", () => {
  const nothing = { growth: null, untilFull: null };
  expect(growthOf(series([]), SIZE, 0)).toEqual(nothing);
  expect(growthOf(series(rising(5, 64)), SIZE, 0)).toEqual(nothing);
  const quick = { times: [0, 1, 2, 3, 4, 5, 6, 7], allocated: rising(8, 64) };
  expect(growthOf(quick, SIZE, 0)).toEqual(nothing);
});

it("what was before its counters began anew, or long ago, does not count", () => {
  const { times, allocated } = series([...rising(30, 512), ...rising(30, 64)]);
  expect(growthOf({ times, allocated }, SIZE, 30_000).growth).toBeCloseTo(3840, 6);
  expect(growthOf({ times, allocated }, SIZE, 0, 29_000).growth).toBeCloseTo(3840, 6);
});
