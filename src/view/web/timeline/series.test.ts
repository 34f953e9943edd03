// What charts draw: no value is none, and a moment has the value before it.
import { expect, test } from "vitest";
import { indexAt, seriesOf, withFree } from "./series.ts";

test("NaN is no value, and nothing is drawn behind the end", () => {
  const values = Float64Array.of(Number.NaN, 5, 7);
  const timeline = {
    from: 10,
    to: 40,
    width: 10,
    least: values,
    greatest: values,
    last: values,
    refused: values,
    blur: 0,
  };
  expect(seriesOf(timeline, 30)).toEqual({ times: [10, 20, 30], most: [null, 5, 7], least: [null, 5, 7] });
  expect(seriesOf(timeline, 29).most).toEqual([null, 5, null]);
});

test("the value at a moment is the last before it", () => {
  const series = { times: [10, 20, 30], most: [], least: [] };
  expect([9, 10, 19, 20, 99].map((time) => indexAt(series, time))).toEqual([-1, 0, 0, 1, 2]);
});

test("the largest free block is known at the moments that were looked at, and nowhere else", () => {
  const series = { times: [10, 20, 30], most: [], least: [] };
  expect(withFree(series, { times: [5, 25], bytes: [1, 64] }).free).toEqual([null, 64, null]);
});
