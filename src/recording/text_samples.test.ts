// Tests of text_samples.ts; what it makes of whole texts is in text_content.test.ts.
import { expect, test } from "vitest";
import { createSampleTaker } from "./text_samples.ts";

const zeros = { allocated: 0, maxAllocated: 0, size: 0, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 };

test("as many reports as it holds are all kept; with one more every second is dropped, but for the last and the peak", () => {
  const kept = (count: number): number => {
    const taker = createSampleTaker(8);
    for (let n = 0; n < count; n++)
      taker.take({ kind: "alloc", value: [{ ...zeros, name: "Heap", size: 65536, allocated: n }], from: n, to: n }, "");
    return taker.end().samples.length;
  };
  // Of 0 to 8 the even ones, the last among them; of 0 to 9 also the last, which is the peak.
  expect([8, 9, 10].map(kept)).toEqual([8, 5, 6]);
});

test("of more reports than it holds it keeps the first, the last and the peaks", () => {
  const [most, count] = [64, 5000];
  const taker = createSampleTaker(most);
  for (let n = 0; n < count; n++) {
    const value = [{ ...zeros, name: "Heap", size: 65536, allocated: n === 777 ? 60_001 : 1 + (n % 50) }];
    taker.take({ kind: "alloc", value, from: n, to: n }, "");
  }
  const { samples, reports, thinned, pools, tas } = taker.end();
  const values = samples.map(({ stats }) => stats.allocated ?? 0);
  expect([values[0], values.at(-1), Math.max(...values)]).toEqual([1, 1 + ((count - 1) % 50), 60_001]);
  expect(samples.map(({ time }) => time)).toEqual([...samples.map(({ time }) => time)].sort((a, b) => a - b));
  expect(values.length).toBeGreaterThan(most / 2 - 2);
  expect(values.length).toBeLessThanOrEqual(most + 1);
  expect([reports, thinned, pools, tas]).toEqual([count, count - values.length, 1, 0]);
});
