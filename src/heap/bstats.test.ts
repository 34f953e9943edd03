// Tests of bstats.ts.
import { expect, test } from "vitest";
import { bareHeap } from "../../test/support/heaps.ts";
import { bget } from "./bget.ts";
import { bpool } from "./bpool.ts";
import { brel } from "./brel.ts";
import { bstats, freeSquareSum } from "./bstats.ts";
import { createPlainHeap } from "./create_heap.ts";

test("a request of the largest free block less one header fits, one more does not", () => {
  const { h } = bareHeap(50);
  const a = bget(h, 0, 0, 100);
  bget(h, 0, 0, 100);
  brel(h, a, false);
  const { largestFree, free, allocated } = bstats(h);
  expect(free + allocated).toBe(49 * 16);
  expect(bget(h, 0, 0, largestFree - 16 + 1)).toBe(0);
  expect(bget(h, 0, 0, largestFree - 16)).toBeGreaterThan(0);
});

test("squares are those of the sizes in bytes", () => {
  const { h } = bareHeap(11);
  expect(freeSquareSum(h)).toBe(160n ** 2n);
  const a = bget(h, 0, 0, 16);
  expect(freeSquareSum(h)).toBe(128n ** 2n);
  bget(h, 0, 0, 16);
  brel(h, a, false);
  expect(freeSquareSum(h)).toBe(96n ** 2n + 32n ** 2n);
});

test("squares of large heaps are beyond 2^53, and exact", () => {
  const length = 512 * 2 ** 20;
  const h = createPlainHeap(new Uint8Array(length), { word: 4 });
  bpool(h, 0, length);
  expect(freeSquareSum(h)).toBe(BigInt(length - 8) ** 2n);
});

test("a list with an allocated block in it panics", () => {
  const { h } = bareHeap(11);
  h.memory.view.setBigInt64(16 + 8, -160n, true);
  expect(() => bstats(h)).toThrow(/bstats: a block in the free list is not free/);
});
