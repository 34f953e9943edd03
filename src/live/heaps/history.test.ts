// Tests of history.ts.
import fc from "fast-check";
import { expect, it } from "vitest";
import { createHistory } from "./history.ts";

it("keeps every point while there is room", () => {
  const history = createHistory(8);
  for (const [time, used] of [
    [1, 10],
    [2, 30],
    [5, 20],
  ] as const)
    history.add(time, used);
  expect([history.times, history.allocated]).toEqual([
    [1, 2, 5],
    [10, 30, 20],
  ]);
});

it("is bounded, ascends, and keeps the first and the last point and both extremes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 400 }),
      fc.integer({ min: 16, max: 40 }),
      (values, most) => {
        const history = createHistory(most);
        for (const [time, value] of values.entries()) history.add(time, value);
        const { times, allocated } = history;
        expect(times.length).toBe(allocated.length);
        expect(times.length).toBeLessThanOrEqual(most);
        for (const [i, time] of times.entries()) {
          expect(allocated[i]).toBe(values[time]);
          if (i > 0) expect(time).toBeGreaterThan(times[i - 1] as number);
        }
        expect([times[0], times.at(-1)]).toEqual([0, values.length - 1]);
        expect(Math.max(...allocated)).toBe(Math.max(...values));
        expect(Math.min(...allocated)).toBe(Math.min(...values));
      },
    ),
  );
});

it("keeps the latest stretch as it came, and something of each older one", () => {
  const history = createHistory(64);
  for (let time = 0; time < 10_000; time++) history.add(time, time);
  const latest = history.times.slice(-8);
  expect(latest).toEqual([9992, 9993, 9994, 9995, 9996, 9997, 9998, 9999]);
  expect(history.times.length).toBeGreaterThan(32);
});

it("a time that goes back is that of the point before", () => {
  const history = createHistory();
  history.add(10, 1);
  history.add(5, 2);
  expect(history.times).toEqual([10, 10]);
});
