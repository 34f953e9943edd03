// Tests of what several reports on a heap say together.
import { expect, test } from "vitest";
import { counterTotal } from "./total.ts";

const one = (time: number, stats: object) => ({ time, stats });
const whole = { size: 65536, biggestFailure: 0, biggestFailureUsed: 0 };

test("each report holds what was before it", () => {
  expect(
    counterTotal([
      one(0, { ...whole, allocated: 100, maxAllocated: 900, failures: 1, biggestFailure: 70, biggestFailureUsed: 60 }),
      one(1, { ...whole, allocated: 300, maxAllocated: 950, failures: 3, biggestFailure: 80, biggestFailureUsed: 50 }),
    ]),
  ).toEqual({
    size: 65536,
    allocated: 300,
    maxAllocated: 950,
    failures: 3,
    biggestFailure: 80,
    biggestFailureUsed: 50,
    unsure: [],
    earlier: 0,
  });
});

test("after a reset failed requests are added up, and the largest and the highest stay", () => {
  expect(
    counterTotal([
      one(0, { ...whole, allocated: 100, maxAllocated: 900, failures: 2, biggestFailure: 70, biggestFailureUsed: 60 }),
      one(1, { ...whole, allocated: 120, maxAllocated: 0, failures: 0 }),
      one(2, { ...whole, allocated: 110, maxAllocated: 400, failures: 1, biggestFailure: 30, biggestFailureUsed: 20 }),
    ]),
  ).toMatchObject({
    maxAllocated: 900,
    failures: 3,
    biggestFailure: 70,
    biggestFailureUsed: 60,
    allocated: 110,
    earlier: 2,
  });
});

test("after a reboot counters are new ones, also where none of them is lower", () => {
  const before = one(0, { ...whole, allocated: 100, maxAllocated: 200, failures: 1 });
  const after = { ...one(1, { ...whole, allocated: 100, maxAllocated: 300, failures: 2 }), boot: 1 };
  expect(counterTotal([before, after])).toMatchObject({ failures: 3, earlier: 1 });
});

test("what only the last report lacks is unsure; what an earlier one lacks is not", () => {
  const first = one(0, { ...whole, allocated: 100, maxAllocated: 900, failures: 2 });
  const last = one(1, { ...whole, allocated: 100, maxAllocated: 950, failures: 2 });
  expect(counterTotal([one(0, { allocated: 100, size: 65536 }), last]).unsure).toEqual([]);
  expect(counterTotal([first, one(1, { allocated: 100, size: 65536 })])).toMatchObject({
    maxAllocated: 900,
    unsure: ["maxAllocated", "failures", "biggestFailure", "biggestFailureUsed"],
  });
});

test("a TA that did not answer gives zeros, which do not count", () => {
  const asked = one(0, { ...whole, allocated: 100, maxAllocated: 900, failures: 2 });
  const zeros = { size: 0, allocated: 0, maxAllocated: 0, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 };
  expect(counterTotal([asked, one(1, zeros)])).toMatchObject({ size: 65536, failures: 2 });
  expect(counterTotal([one(1, zeros)])).toMatchObject({ size: 0 });
});
