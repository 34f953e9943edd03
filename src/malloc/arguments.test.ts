// Tests of arguments.ts.
import { describe, expect, test } from "vitest";
import { HeapPanic } from "../heap/panic.ts";
import { addPool } from "./add_pool.ts";
import { expectCount, valueText } from "./arguments.ts";
import { createContext, type MallocContext } from "./context.ts";
import { alignedAlloc, calloc, free, malloc, memalign, realloc, reallocZeroed } from "./malloc.ts";
import { getStats } from "./stats.ts";

const none = undefined as unknown as number;
const text = "16" as unknown as number;

function context(leakHeaders = false): MallocContext {
  const ctx = createContext(new Uint8Array(8192), { leakHeaders });
  addPool(ctx, 0, 4096);
  return ctx;
}

describe.each([false, true])("leak headers %s", (leakHeaders) => {
  const cases: readonly (readonly [string, (ctx: MallocContext) => unknown, string])[] = [
    ["malloc(NaN)", (ctx) => malloc(ctx, Number.NaN), "RangeError: size is NaN: give a whole number"],
    ["malloc()", (ctx) => malloc(ctx, none), "TypeError: size is undefined: give a number of bytes, or a bigint"],
    ["malloc(1.5)", (ctx) => malloc(ctx, 1.5), "RangeError: size is 1.5: give a whole number"],
    ["calloc", (ctx) => calloc(ctx, text, 8), 'TypeError: members is "16": give a number of bytes, or a bigint'],
    ["calloc", (ctx) => calloc(ctx, 2, none), "TypeError: size is undefined: give a number of bytes, or a bigint"],
    [
      "realloc",
      (ctx) => realloc(ctx, 0, Number.POSITIVE_INFINITY),
      "RangeError: size is Infinity: give a whole number",
    ],
    ["reallocZeroed", (ctx) => reallocZeroed(ctx, 0, 0.5), "RangeError: size is 0.5: give a whole number"],
    ["memalign", (ctx) => memalign(ctx, Number.NaN, 8), "RangeError: alignment is NaN: give a whole number"],
    ["memalign", (ctx) => memalign(ctx, 16, none), "TypeError: size is undefined: give a number of bytes, or a bigint"],
    ["alignedAlloc", (ctx) => alignedAlloc(ctx, 16, 0.5), "RangeError: size is 0.5: give a whole number"],
  ];
  test.each(cases)("%s", (_, call, message) => {
    const ctx = context(leakHeaders);
    const before = getStats(ctx);
    expect(() => call(ctx)).toThrow(
      expect.objectContaining({ name: message.split(":")[0], message: message.slice(message.indexOf(" ") + 1) }),
    );
    expect(getStats(ctx)).toEqual(before);
  });
});

describe("a pool", () => {
  test.each([
    [-8, 4096, RangeError, "at is -8: give a whole number of bytes, 0 or more"],
    [Number.NaN, 4096, RangeError, "at is NaN: give a whole number of bytes, 0 or more"],
    [4096, none, TypeError, "length is undefined: give a number of bytes"],
    [4096, 4097, RangeError, "a pool of 4097 bytes at 4096 ends at 8193: the memory has 8192 bytes"],
    [0, 4096, RangeError, "a pool of 4096 bytes at 0 overlaps the pool of 4096 bytes at 0: pools are apart"],
    [4000, 200, RangeError, "a pool of 200 bytes at 4000 overlaps the pool of 4096 bytes at 0: pools are apart"],
  ])("of %s and %s bytes", (at, length, kind, message) => {
    const ctx = context();
    expect(() => addPool(ctx, at, length)).toThrow(new kind(message));
    expect(ctx.poolCount).toBe(1);
  });

  test("right behind another is one more", () =>
    expect(addPool(context(), 4096, 4096)).toEqual({ at: 4096, length: 4096 }));
});

test("what passes: bigints, and negative numbers, which C takes for huge ones", () => {
  for (const value of [0, -1, 2 ** 70, 0n, -1n]) expect(() => expectCount(value, "size")).not.toThrow();
});

test("values in messages", () => {
  expect([null, {}, [], Uint8Array, 3n, "a", true].map(valueText)).toEqual([
    "null",
    "an object",
    "an array",
    "Uint8Array",
    "3n",
    '"a"',
    "true",
  ]);
});

test("a panic names the offset that the API gave, with its address", () => {
  const ctx = context();
  const block = malloc(ctx, 100);
  free(ctx, block);
  expect(() => free(ctx, block)).toThrow(HeapPanic);
  expect(() => free(ctx, block)).toThrow(`pointer ${block} (address 0x${(0x40000000 + block).toString(16)})`);
});
