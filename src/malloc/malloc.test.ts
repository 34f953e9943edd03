// Tests of malloc.ts.
import { describe, expect, test } from "vitest";
import { BUILDS, damages } from "../../test/support/contexts.ts";
import { sizeOf } from "../heap/block.ts";
import { addPool } from "./add_pool.ts";
import { createContext, type MallocContext } from "./context.ts";
import { alignedAlloc, calloc, extra, free, freeWipe, malloc, memalign, realloc } from "./malloc.ts";
import { getStats } from "./stats.ts";

function context(options: Parameters<typeof createContext>[1] = {}, length = 8192): MallocContext {
  const ctx = createContext(new Uint8Array(length + 64), options);
  addPool(ctx, 16, length);
  return ctx;
}

function blockSize(ctx: MallocContext, payload: number): number {
  return -sizeOf(ctx.heap.memory, payload - extra(ctx) - ctx.heap.geometry.header);
}

describe.each(BUILDS)("$title", (options) => {
  const q = options.word === 8 ? 16 : 8;

  test("a block takes header, leak header, payload and footer, rounded up", () => {
    const ctx = context(options);
    for (const size of [0, 1, q - 4, q, q + 1, 100]) {
      const asked = options.leakHeaders ? 2 * q + Math.ceil(size / 4) * 4 + 4 : Math.max(1, size);
      expect(blockSize(ctx, malloc(ctx, size))).toBe(q + Math.ceil(asked / q) * q);
    }
    expect(damages(ctx)).toEqual([]);
  });

  test("calloc zeroes the whole payload, slack included", () => {
    const ctx = context(options);
    const dirty = malloc(ctx, 200);
    ctx.heap.memory.bytes.fill(0xee, dirty, dirty + 200);
    free(ctx, dirty);
    const at = calloc(ctx, 7, 3);
    const room = blockSize(ctx, at) - q - extra(ctx) - (options.leakHeaders ? 28 : 0);
    expect(ctx.heap.memory.bytes.subarray(at, at + Math.max(21, room)).every((byte) => byte === 0)).toBe(true);
    expect(damages(ctx)).toEqual([]);
  });

  test("realloc moves always, keeps the contents, and frees the old block", () => {
    const ctx = context(options);
    const a = malloc(ctx, 50);
    ctx.heap.memory.bytes.fill(7, a, a + 50);
    const gets = ctx.heap.gets;
    const b = realloc(ctx, a, 50);
    expect(b).not.toBe(a);
    const c = realloc(ctx, b, 20);
    expect(ctx.heap.memory.bytes.subarray(c, c + 20).every((byte) => byte === 7)).toBe(true);
    expect(ctx.heap.gets).toBe(gets + 2);
    expect(realloc(ctx, 0, 10)).toBeGreaterThan(0);
    expect(damages(ctx)).toEqual([]);
  });

  test("a refused realloc leaves the old block as it was", () => {
    const ctx = context(options);
    const a = malloc(ctx, 50, "a.c", 1);
    ctx.heap.memory.bytes.fill(7, a, a + 50);
    for (const size of [9000, -1, 2 ** 31, 2n ** 32n - 1n, 2n ** 64n - 1n]) expect(realloc(ctx, a, size)).toBe(0);
    expect(ctx.heap.memory.bytes.subarray(a, a + 50).every((byte) => byte === 7)).toBe(true);
    expect(getStats(ctx).failures).toBe(5);
    expect(damages(ctx)).toEqual([]);
  });

  test.each([true, false])("what a realloc adds is zeroed in a TA: %s", (zeroGrown) => {
    const ctx = context({ ...options, zeroGrown });
    const dirty = malloc(ctx, 7000);
    ctx.heap.memory.bytes.fill(0xee, dirty, dirty + 7000);
    free(ctx, dirty);
    const a = malloc(ctx, q);
    const old = blockSize(ctx, a) - q - extra(ctx);
    const b = realloc(ctx, a, 300);
    const grown = ctx.heap.memory.bytes.subarray(b + old, b + 300);
    if (zeroGrown) expect(grown.every((byte) => byte === 0)).toBe(true);
    else expect(grown.some((byte) => byte !== 0)).toBe(true);
  });

  test("memalign aligns the payload", () => {
    const ctx = context(options);
    const { base } = ctx.heap.memory;
    for (let alignment = 1; alignment <= 2048; alignment *= 2) {
      const at = memalign(ctx, alignment, 10);
      expect((base + at) % Math.max(alignment, q), `alignment ${alignment}`).toBe(0);
      free(ctx, at);
    }
    expect(damages(ctx)).toEqual([]);
  });

  test("free ignores 0; free_wipe fills the block with 0x55", () => {
    const ctx = context(options);
    free(ctx, 0);
    freeWipe(ctx, 0);
    const a = malloc(ctx, 100);
    ctx.heap.memory.bytes.fill(7, a, a + 100);
    freeWipe(ctx, a);
    expect(ctx.heap.memory.bytes.subarray(a, a + 100).every((byte) => byte === 0x55)).toBe(true);
    expect(damages(ctx)).toEqual([]);
  });
});

describe("what fails without being counted", () => {
  test.each([0, 3, 12, 0n, 3n, 2n ** 60n + 1n, 2n ** 53n + 1n])("memalign to %s", (alignment) => {
    const ctx = context();
    expect(memalign(ctx, alignment, 10)).toBe(0);
    expect(getStats(ctx).failures).toBe(0);
  });

  test("aligned_alloc of a size that is no multiple", () => {
    const ctx = context();
    expect(alignedAlloc(ctx, 16, 17)).toBe(0);
    expect(alignedAlloc(ctx, 0, 16)).toBe(0);
    expect(alignedAlloc(ctx, 64n, 2n ** 64n - 1n)).toBe(0);
    expect(getStats(ctx).failures).toBe(0);
    expect(alignedAlloc(ctx, 64, 128)).toBeGreaterThan(0);
    expect(alignedAlloc(ctx, 64n, 128n)).toBeGreaterThan(0);
  });
});

test.each([2 ** 20, 2 ** 31, 2 ** 62, 2n ** 62n, 2n ** 63n])(
  "memalign to %s, which is too large, is counted",
  (alignment) => {
    const ctx = context();
    expect(memalign(ctx, alignment, 10)).toBe(0);
    expect(getStats(ctx)).toMatchObject({ failures: 1, biggestFailure: 10 });
  },
);

test("a negative size is no size: refused, and only counted", () => {
  for (const leakHeaders of [false, true]) {
    const ctx = context({ leakHeaders });
    expect([malloc(ctx, -1), calloc(ctx, 1, -8), memalign(ctx, 8, -4n)]).toEqual([0, 0, 0]);
    expect(getStats(ctx)).toMatchObject({ failures: 3 });
    expect(damages(ctx)).toEqual([]);
  }
});

test("sizes may be bigints, also those beyond 2^53", () => {
  const ctx = context();
  expect(malloc(ctx, 24n)).toBeGreaterThan(0);
  expect(calloc(ctx, 2n, 12)).toBeGreaterThan(0);
  expect(malloc(ctx, 2n ** 64n - 1n)).toBe(0);
  expect(getStats(ctx)).toMatchObject({ failures: 1, biggestFailure: 0xffffffff });
});
