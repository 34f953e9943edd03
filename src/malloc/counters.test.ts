// Tests of counters.ts.
import { expect, test } from "vitest";
import { COUNTERS, countOperation, isCounted, pickCounters, RESET_COUNTERS, zeroCounters } from "./counters.ts";
import { OP } from "./operation.ts";

test("the list is in the order of C's structure", () => {
  expect(COUNTERS.join(" ")).toBe("allocated maxAllocated size failures biggestFailure biggestFailureUsed");
  expect(RESET_COUNTERS.join(" ")).toBe("maxAllocated failures biggestFailure biggestFailureUsed");
});

test("counters alone, each a copy", () => {
  const stats = { ...zeroCounters(), failures: 3, name: "Heap" };
  expect(pickCounters(stats)).toEqual({ ...zeroCounters(), failures: 3 });
  zeroCounters().failures = 1;
  expect(zeroCounters().failures).toBe(0);
});

test.each([
  ["a pool", OP.P, 4096, 0, 0, 16, { size: 4096, allocated: 16 }],
  ["a malloc", OP.M, 10, 0, 64, 48, { allocated: 48, maxAllocated: 48 }],
  ["a free: the maximum is taken at requests only", OP.F, 0, 0, 0, 48, { allocated: 48 }],
  [
    "a request that failed",
    OP.C,
    99,
    3,
    0,
    7,
    { allocated: 7, maxAllocated: 7, failures: 1, biggestFailure: 99, biggestFailureUsed: 7 },
  ],
  ["a size beyond 32 bits", OP.R, 2 ** 32 + 5, 0, 0, 0, { failures: 1, biggestFailure: 5 }],
  ["an alignment of 64", OP.A, 9, 64, 0, 0, { failures: 1, biggestFailure: 9 }],
  ["an alignment of 3", OP.A, 9, 3, 0, 0, {}],
  ["an alignment of 0", OP.A, 9, 0, 0, 0, {}],
])("counts %s", (_, code, size, arg, result, allocated, changed) => {
  const counters = zeroCounters();
  countOperation(counters, code, size, arg, result, allocated);
  expect(counters).toEqual({ ...zeroCounters(), ...changed });
});

test("only the alignment of a memalign matters", () => {
  expect([isCounted(OP.M, 3), isCounted(OP.C, 3), isCounted(OP.F, 0), isCounted(OP.P, 0)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
