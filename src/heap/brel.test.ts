// Tests of brel.ts.
import { describe, expect, test } from "vitest";
import { bareHeap as makeBareHeap, WAYS } from "../../test/support/heaps.ts";
import { bget } from "./bget.ts";
import { brel } from "./brel.ts";
import { bstats } from "./bstats.ts";
import type { BuildOptions } from "./heap.ts";
import { HeapPanic } from "./panic.ts";

describe.each(WAYS)("$way", ({ createBget }) => {
  const bareHeap = (quanta: number, options: BuildOptions = {}) => makeBareHeap(quanta, options, createBget);

  describe.each([8, 4] as const)("words of %i bytes", (word) => {
    const q = word === 8 ? 16 : 8;

    /** Live blocks of 3 quanta that fill the pool; the first has the highest address. */
    function full(count: number, freeWipe = false) {
      const heap = bareHeap(3 * count + 1, { word, freeWipe });
      const buffers = Array.from({ length: count }, () => bget(heap.h, 0, 0, 2 * q));
      expect(heap.list()).toEqual([]);
      return { ...heap, buffers };
    }

    test("a lone block goes to the tail of the list", () => {
      const { h, buffers, list, map, check } = full(6);
      for (const n of [4, 0, 2]) brel(h, buffers[n] ?? 0, false);
      expect(list()).toEqual([4, 0, 2].map((n) => (buffers[n] ?? 0) - q));
      expect(map()).toBe("a3 f3 a3 f3 a3 f3");
      expect(check()).toEqual([]);
    });

    test("a free block before it keeps its place in the list", () => {
      const { h, buffers, list, map, check } = full(6);
      for (const n of [4, 0, 3]) brel(h, buffers[n] ?? 0, false);
      expect(list()).toEqual([4, 0].map((n) => (buffers[n] ?? 0) - q));
      expect(map()).toBe("a3 f6 a3 a3 f3");
      expect(check()).toEqual([]);
    });

    test("a free block behind it leaves the list, and the joined one goes to the tail", () => {
      const { h, buffers, list, map, check } = full(6);
      for (const n of [3, 0, 4]) brel(h, buffers[n] ?? 0, false);
      expect(list()).toEqual([0, 4].map((n) => (buffers[n] ?? 0) - q));
      expect(map()).toBe("a3 f6 a3 a3 f3");
      expect(check()).toEqual([]);
    });

    test("between two free blocks, the one before keeps its place", () => {
      const { h, buffers, list, map, check } = full(6);
      for (const n of [2, 0, 4, 3]) brel(h, buffers[n] ?? 0, false);
      expect(list()).toEqual([0, 4].map((n) => (buffers[n] ?? 0) - q));
      expect(map()).toBe("a3 f9 a3 f3");
      expect(check()).toEqual([]);
    });

    test.each([
      [false, true],
      [true, false],
    ])("everything that is freed is wiped (always: %s, this time: %s)", (freeWipe, wipe) => {
      const { h, pool, buffers, check } = full(6, freeWipe);
      const { bytes } = h.memory;
      for (const [i, n] of [2, 4, 3, 0, 1, 5].entries()) {
        const at = buffers[n] ?? 0;
        bytes.fill(0x77, at, at + 2 * q);
        brel(h, at, wipe);
        expect(check(), `after release ${i}`).toEqual([]);
      }
      const inside = bytes.subarray(pool.at + 2 * q, pool.at + pool.length - q);
      expect(inside.every((byte) => byte === 0x55)).toBe(true);
      expect(bytes[pool.at + pool.length]).toBe(0);
    });

    test("without wiping, contents stay", () => {
      const { h, buffers } = full(2);
      const [a = 0] = buffers;
      h.memory.bytes.fill(0x77, a, a + 2 * q);
      brel(h, a, false);
      expect(h.memory.bytes[a + 2 * q - 1]).toBe(0x77);
    });

    test("double free, foreign and null pointers panic", () => {
      const { h, buffers } = full(4);
      const [a = 0, b = 0, c = 0] = buffers;
      brel(h, a, false);
      expect(() => brel(h, a, false)).toThrow(/brel: this block is not allocated/);
      // Merged into the block before: its old header is stale, but the block behind knows better.
      brel(h, c, false);
      brel(h, b, false);
      for (const stale of [a, b]) expect(() => brel(h, stale, false)).toThrow(HeapPanic);
      for (const wild of [0, -64, 1, 2 ** 20, 2 ** 40, h.memory.bytes.length - 1])
        expect(() => brel(h, wild, false)).toThrow(HeapPanic);
    });

    test("releases are counted, and the bytes given back", () => {
      const { h, buffers } = full(3);
      expect(bstats(h)).toMatchObject({ allocated: 9 * q, free: 0, largestFree: -1, gets: 3, releases: 0 });
      for (const at of buffers) brel(h, at, false);
      expect(bstats(h)).toMatchObject({ allocated: 0, free: 9 * q, largestFree: 9 * q, gets: 3, releases: 3 });
    });
  });
});
