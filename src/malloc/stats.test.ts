// Tests of stats.ts.
import { describe, expect, test } from "vitest";
import { addPool } from "./add_pool.ts";
import { createContext, type MallocContext } from "./context.ts";
import { calloc, free, malloc, realloc } from "./malloc.ts";
import { getStats, resetStats } from "./stats.ts";

function context(word: 4 | 8 = 8): MallocContext {
  const ctx = createContext(new Uint8Array(4096), { word });
  addPool(ctx, 0, 4096);
  return ctx;
}

test("the pool table counts from the first pool on", () => {
  expect(getStats(context())).toEqual({
    allocated: 32,
    maxAllocated: 32,
    size: 4096,
    failures: 0,
    biggestFailure: 0,
    biggestFailureUsed: 0,
  });
  expect(getStats(context(4))).toMatchObject({ allocated: 16, size: 4096 });
});

test("the maximum stays; a reset makes it 0, and the next allocation what is allocated then", () => {
  const ctx = context();
  const a = malloc(ctx, 100);
  free(ctx, a);
  expect(getStats(ctx)).toMatchObject({ allocated: 32, maxAllocated: 160 });
  malloc(ctx, 5000);
  resetStats(ctx);
  expect(getStats(ctx)).toEqual({
    allocated: 32,
    maxAllocated: 0,
    size: 4096,
    failures: 0,
    biggestFailure: 0,
    biggestFailureUsed: 0,
  });
  malloc(ctx, 5000);
  expect(getStats(ctx)).toMatchObject({ maxAllocated: 32, failures: 1 });
});

test("realloc's moment of double use does not show in the maximum", () => {
  const ctx = context();
  realloc(ctx, malloc(ctx, 1000), 1000);
  expect(getStats(ctx).maxAllocated).toBe(32 + 1008 + 16);
});

describe("the largest failure", () => {
  test("is the payload asked for, with what was allocated then; a smaller one later is only counted", () => {
    const ctx = context();
    malloc(ctx, 5000);
    malloc(ctx, 100);
    malloc(ctx, 4999);
    expect(getStats(ctx)).toMatchObject({ failures: 2, biggestFailure: 5000, biggestFailureUsed: 32 });
    malloc(ctx, 5001);
    expect(getStats(ctx)).toMatchObject({ failures: 3, biggestFailure: 5001, biggestFailureUsed: 160 });
  });

  test("is stored in 32 bits and compared in full", () => {
    const ctx = context();
    malloc(ctx, 2 ** 32 - 1);
    expect(getStats(ctx).biggestFailure).toBe(0xffffffff);
    malloc(ctx, 2 ** 32);
    expect(getStats(ctx)).toMatchObject({ failures: 2, biggestFailure: 0 });
    malloc(ctx, 5000);
    expect(getStats(ctx).biggestFailure).toBe(5000);
    malloc(ctx, 2n ** 40n + 7n);
    expect(getStats(ctx).biggestFailure).toBe(7);
  });

  test("of a calloc that overflows is the wrapped product", () => {
    const wide = context();
    expect(calloc(wide, 2n ** 32n, 2n ** 32n + 1n)).toBe(0);
    expect(getStats(wide)).toMatchObject({ failures: 1, biggestFailure: 0 });
    expect(calloc(wide, 2 ** 33, 3)).toBe(0);
    expect(calloc(wide, 2n ** 63n, 2n)).toBe(0);
    expect(getStats(wide)).toMatchObject({ failures: 3 });
    const narrow = context(4);
    expect(calloc(narrow, 2 ** 16, 2 ** 16 + 5)).toBe(0);
    expect(getStats(narrow)).toMatchObject({ failures: 1, biggestFailure: 5 * 2 ** 16 });
  });
});
