// Tests of bpool.ts.
import { describe, expect, test } from "vitest";
import { freeList } from "../../test/support/heaps.ts";
import { isSentinel, previousFree, sizeOf } from "./block.ts";
import { bpool } from "./bpool.ts";
import { checkHeap } from "./check.ts";
import { createPlainHeap } from "./create_heap.ts";

describe.each([8, 4] as const)("words of %i bytes", (word) => {
  const q = word === 8 ? 16 : 8;

  test("a pool is one free block and a sentinel; the length is rounded down", () => {
    const h = createPlainHeap(new Uint8Array(1024), { word });
    bpool(h, 2 * q, 20 * q + q - 1);
    const end = 2 * q + 19 * q;
    expect([previousFree(h.memory, 2 * q), sizeOf(h.memory, 2 * q)]).toEqual([0, 19 * q]);
    expect(previousFree(h.memory, end)).toBe(19 * q);
    expect(isSentinel(h.memory, end)).toBe(true);
    expect(h.memory.bytes.subarray(end + q).every((byte) => byte === 0)).toBe(true);
  });

  test("later pools join the tail of the list, in whatever order they lie", () => {
    const h = createPlainHeap(new Uint8Array(1024), { word });
    const pools = [40 * q, 2 * q, 20 * q].map((at) => ({ at, length: 10 * q }));
    for (const { at, length } of pools) bpool(h, at, length);
    expect(freeList(h)).toEqual(pools.map(({ at }) => at));
    expect(checkHeap(h, pools)).toEqual([]);
  });

  test("a new pool is wiped behind its free header where frees are", () => {
    const h = createPlainHeap(new Uint8Array(1024), { word, freeWipe: true });
    bpool(h, q, 10 * q);
    expect(h.memory.bytes.subarray(3 * q, 10 * q).every((byte) => byte === 0x55)).toBe(true);
    expect(checkHeap(h, [{ at: q, length: 10 * q }])).toEqual([]);
  });

  test("what is no place for a pool is a bug of the caller", () => {
    const h = createPlainHeap(new Uint8Array(64 * q), { word });
    for (const [at, length] of [
      [q, 3 * q - 1],
      [-q, 10 * q],
      [q, 64 * q],
    ] as const)
      expect(() => bpool(h, at, length)).toThrow("a pool lies in the memory");
  });
});
