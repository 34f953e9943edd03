// Tests of walk.ts.
import { describe, expect, test } from "vitest";
import { bareHeap } from "../../test/support/heaps.ts";
import { bget } from "./bget.ts";
import { setSize } from "./block.ts";
import { walkPool } from "./walk.ts";

describe.each([8, 4] as const)("words of %i bytes", (word) => {
  const q = word === 8 ? 16 : 8;

  function heap() {
    const made = bareHeap(20, { word });
    const buffer = bget(made.h, 0, 0, 3 * q);
    return { ...made, block: buffer - q };
  }

  test("all blocks in address order, up to the sentinel", () => {
    const { h, pool, block } = heap();
    expect(walkPool(h.memory, pool)).toEqual({
      pool,
      blocks: [
        { at: q, size: 15 * q, free: true, previousFree: 0 },
        { at: block, size: 4 * q, free: false, previousFree: 15 * q },
      ],
      end: block + 4 * q,
      damage: null,
    });
  });

  test.each([
    [0, "block size is 0"],
    [-1, "block size -1 is smaller than a block can be"],
    [2 * q - 1, `block size ${2 * q - 1} is smaller than a block can be`],
    [-(2 * q + 1), `block size ${-(2 * q + 1)} is not a multiple of ${q}`],
    [6 * q, `block size ${6 * q} leads out of the pool`],
    [2 ** 31 - q, `block size ${2 ** 31 - q} leads out of the pool`],
  ])("a size of %i ends the walk there", (size, what) => {
    const { h, pool, block } = heap();
    setSize(h.memory, block, size);
    const walk = walkPool(h.memory, pool);
    expect(walk.damage).toEqual({ at: block, before: q, what });
    expect(walk.end).toBe(block);
    expect(walk.blocks).toHaveLength(1);
  });

  test("a pool that is not in the memory, or has no end, is a damage", () => {
    const { h, pool } = heap();
    for (const wrong of [
      { at: -q, length: 10 * q },
      { at: 2 ** 40, length: 100 },
      { at: q, length: 3 },
      { at: q, length: -100 },
    ])
      expect(walkPool(h.memory, wrong).damage?.what).toBe("the pool has no room for this block header");
    expect(walkPool(h.memory, { ...pool, length: pool.length - q }).damage).not.toBeNull();
  });

  test("an unaligned pool has sizes that are no multiples", () => {
    const { h, pool } = bareHeap(20, { word, base: 0x40000004 });
    bget(h, 0, 0, 3 * q);
    expect(walkPool(h.memory, pool)).toMatchObject({ damage: null });
  });
});
