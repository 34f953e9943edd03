// Tests of check.ts.
import { describe, expect, test } from "vitest";
import { bareHeap } from "../../test/support/heaps.ts";
import { bget } from "./bget.ts";
import { setPreviousFree, setSize } from "./block.ts";
import { brel } from "./brel.ts";
import { checkHeap } from "./check.ts";
import { HEAD } from "./heap.ts";
import { store } from "./memory.ts";

/** `f a f a f a` with blocks of 4 quanta, the first larger; offsets of all of them. */
function heap(freeWipe = false) {
  const made = bareHeap(60, { freeWipe });
  const buffers = Array.from({ length: 5 }, () => bget(made.h, 0, 0, 48));
  for (const n of [1, 3]) brel(made.h, buffers[n] ?? 0, false);
  const [e = 0, d = 0, c = 0, b = 0, a = 0] = buffers.map((at) => at - 16);
  return { ...made, front: 16, a, b, c, d, e, found: () => checkHeap(made.h, [made.pool]) };
}

test("a sound heap has no damage", () => {
  expect(heap().found()).toEqual([]);
  expect(heap(true).found()).toEqual([]);
});

describe("block headers", () => {
  test("a size that is no size is named where it stands", () => {
    const { h, b, a, found } = heap();
    setSize(h.memory, b, 72);
    expect(found()[0]).toEqual({ at: b, before: a, what: "block size 72 is not a multiple of 16" });
  });

  test("of neighbours that disagree the one behind is named", () => {
    const { h, b, c, found } = heap();
    setPreviousFree(h.memory, c, 48);
    expect(found()).toEqual([
      { at: c, before: b, what: "header says 48 for the size of the free block before it, but that is 64" },
    ]);
    setPreviousFree(h.memory, c, 64);
    setPreviousFree(h.memory, b, 64);
    expect(found()[0]?.what).toBe(
      "header says that a free block of 64 bytes lies before it, but that block is allocated",
    );
  });

  test("free blocks side by side are named", () => {
    const { h, a, b, found } = heap();
    setSize(h.memory, a, 64);
    expect(found().map(({ what }) => what)).toContain("two free blocks lie side by side");
    expect(found()[0]).toMatchObject({ at: a });
    expect(b - a).toBe(64);
  });

  test("an early sentinel is named", () => {
    const { h, e, d, found } = heap();
    setSize(h.memory, e, h.geometry.sentinel);
    expect(found()[0]).toEqual({ at: e, before: d, what: "the pool ends before its length" });
  });

  test("a block that swallowed its neighbour is named, and where it did", () => {
    const { h } = bareHeap(40);
    const [far, near, last] = [bget(h, 0, 0, 48), bget(h, 0, 0, 48), bget(h, 0, 0, 48)];
    setSize(h.memory, near - 16, -128);
    expect(far - near).toBe(64);
    const found = checkHeap(h, [{ at: 16, length: 640 }]);
    expect(found[0]).toEqual({
      at: near - 16,
      before: last - 16,
      what: "its size reaches over another block, 64 bytes into it",
    });
  });
});

describe("free list", () => {
  test("of two blocks that disagree only the one with the wrong link is named", () => {
    const { h, front, b, d, found } = heap();
    const address = (at: number): number => h.memory.base + at;
    store(h.memory, d + 16, address(front));
    expect(found()).toMatchObject([
      { at: d, what: "free-list link forward leads to a block that another one links to" },
    ]);
    store(h.memory, d + 16, address(b) + 16);
    expect(found()[0]).toMatchObject({ at: d, what: "free-list link forward leads to what is not a free block" });
    store(h.memory, d + 16, address(b));
    store(h.memory, d + 24, 5);
    expect(found()).toMatchObject([{ at: d, what: "free-list link back leads to what is not a free block" }]);
  });

  test("a block that the list passes over is named", () => {
    const { h, front, b, d, found } = heap();
    // A ring of its own: both links of d lead to itself, and its neighbours to each other.
    for (const at of [d + 16, d + 24]) store(h.memory, at, h.memory.base + d);
    store(h.memory, front + 16, h.memory.base + b);
    store(h.memory, b + 24, h.memory.base + front);
    expect(found().map(({ at, what }) => [at, what])).toEqual([[d, "free block is not in the free list"]]);
  });

  test("a block of the list inside an allocated one blames that one", () => {
    const { h, a, front, found } = heap();
    setSize(h.memory, a, -192);
    expect(found()).toContainEqual({
      at: a,
      before: front,
      what: "its size reaches over a block of the free list, 64 bytes into it",
    });
  });

  test("a list head that leads nowhere is named, and nothing runs in a circle", () => {
    const { h, b, found } = heap();
    h.headForward = HEAD;
    expect(found().length).toBeGreaterThan(0);
    h.headForward = 5;
    expect(found()).toContainEqual({ at: 5, before: -1, what: "the list head links to what is not a free block" });
    h.headForward = b;
    expect(found().length).toBeGreaterThan(0);
  });
});

test("the first byte written into a wiped free block is named", () => {
  const { h, a, b, found } = heap(true);
  h.memory.bytes[b + 40] = 0;
  expect(found()).toEqual([{ at: b, before: a, what: "free block was written to at byte 40 of it" }]);
});

test.each(["allocated", "gets", "releases", "freeSquares"] as const)("the counter %s is compared", (counter) => {
  const { h, found } = heap();
  h[counter]++;
  expect(found().map(({ what }) => what)).toContainEqual(expect.stringMatching(/in the bytes, .* in the counters/));
});
