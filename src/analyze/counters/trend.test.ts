// Tests of the trend of counters.
import { expect, test } from "vitest";
import type { CounterSample } from "./stretches.ts";
import { counterTrend } from "./trend.ts";

const SIZE = 131072;

/** Reports with these bytes in use; the highest so far is the maximum. */
function series(used: readonly number[], step = 1): CounterSample[] {
  let maxAllocated = 0;
  return used.map((allocated, i) => {
    maxAllocated = Math.max(maxAllocated, allocated);
    return { time: i * step, stats: { allocated, maxAllocated, size: SIZE, failures: 0 } };
  });
}

function grows(...used: number[]): boolean | undefined {
  return counterTrend(series(used))?.grows;
}

const rising = (n: number, by: number, from = 22848): number[] => Array.from({ length: n }, (_, i) => from + by * i);

test("a heap that grows by 704 bytes from report to report, and how long it lasts", () => {
  expect(counterTrend(series(rising(8, 704)))).toEqual({
    samples: 8,
    restarts: 0,
    first: 22848,
    last: 27776,
    rises: 7,
    falls: 0,
    even: true,
    perSample: 704,
    perMinute: null,
    grows: true,
    free: 103296,
    samplesLeft: 146,
  });
});

test("where reports have times, the growth of a minute", () => {
  expect(counterTrend(series(rising(8, 704), 30e6))?.perMinute).toBe(1408);
});

test("four reports that all rise are enough, three are not", () => {
  expect(grows(100, 200, 300, 400)).toBe(true);
  expect(grows(100, 200, 300)).toBe(false);
});

test.each([
  ["a cache that filled", [100, 200, 300, 400, 400, 400, 400]],
  ["a cache that has almost stopped", [0, 1000, 2000, 2010]],
  ["a cache that is emptied at the end", [100, 200, 300, 400, 500, 600, 700, 800, 100]],
  ["a cache that is emptied now and then", [100, 300, 500, 700, 100, 350, 600, 850, 100, 400, 700, 1000]],
  ["work that comes and goes", [100, 900, 200, 800, 100, 950, 300, 700, 100, 900, 200, 1000]],
  ["no change", [100, 100, 100, 100, 100]],
  ["one step", [100, 100, 100, 500, 500, 500]],
  ["memory that is given back", [800, 700, 600, 500, 400]],
])("%s does not grow", (_, used) => {
  expect(grows(...used)).toBe(false);
});

test("growth shows through noise, one jump and one dent", () => {
  const noise = [0, 900, 200, 1100, 50, 700, 1000, 300, 0, 1200, 100, 800, 400, 0, 900];
  expect(grows(...rising(15, 704).map((value, i) => value + (noise[i] ?? 0)))).toBe(true);
  expect(grows(...rising(10, 704).map((value, i) => (i === 4 ? value + 50000 : value)))).toBe(true);
  expect(grows(...rising(10, 704).map((value, i) => (i === 6 ? value - 600 : value)))).toBe(true);
  // The same noise about a heap that hardly grows.
  expect(grows(...rising(15, 20).map((value, i) => value + (noise[i] ?? 0)))).toBe(false);
});

test("counters that began anew: the longest stretch counts", () => {
  const [before, after] = [series(rising(4, 64)), series(rising(6, 704, 20000))];
  // The board was reset: the maximum fell.
  expect(counterTrend([...before.slice(0, 3), ...series([22848 + 20000]), ...after])).toMatchObject({
    samples: 6,
    restarts: 1,
    perSample: 704,
    grows: true,
    rises: 5,
  });
  // Another build: the size is another.
  const other = before.map(({ time, stats }) => ({ time, stats: { ...stats, size: 65536 } }));
  expect(counterTrend([...other, ...after])).toMatchObject({ samples: 6, restarts: 1 });
  // A new instance of a TA each time: nothing to compare.
  expect(counterTrend([300, 200, 100].flatMap((used) => series([used])))).toBeUndefined();
});

test("what is not known is not made up", () => {
  expect(counterTrend(series([100]))).toBeUndefined();
  const some = series(rising(6, 704)).map((sample, i) => (i === 2 ? { ...sample, stats: {} } : sample));
  expect(counterTrend(some)).toMatchObject({ samples: 5, rises: 4 });
  const noSize = series(rising(4, 704)).map(({ time, stats: { allocated = 0 } }) => ({ time, stats: { allocated } }));
  expect(counterTrend(noSize)).toMatchObject({ grows: true, free: null, samplesLeft: null });
});
