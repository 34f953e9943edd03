// Tests of bpoolv.ts.
import { describe, expect, test } from "vitest";
import { bareHeap } from "../../test/support/heaps.ts";
import { bget } from "./bget.ts";
import { setSize } from "./block.ts";
import { bpoolv } from "./bpoolv.ts";
import { brel } from "./brel.ts";
import { store } from "./memory.ts";

describe.each([8, 4] as const)("words of %i bytes", (word) => {
  const q = word === 8 ? 16 : 8;

  /** Free, live, free and live blocks. */
  function heap(freeWipe: boolean) {
    const made = bareHeap(30, { word, freeWipe });
    bget(made.h, 0, 0, 3 * q);
    const hole = bget(made.h, 0, 0, 3 * q);
    bget(made.h, 0, 0, 3 * q);
    brel(made.h, hole, false);
    expect(made.map()).toBe("f17 a4 f4 a4");
    return { ...made, hole: hole - q };
  }

  test("a sound pool passes", () => {
    for (const freeWipe of [false, true]) {
      const { h, pool } = heap(freeWipe);
      expect(() => bpoolv(h, pool.at)).not.toThrow();
    }
  });

  test("broken links are found", () => {
    const { h, pool, hole } = heap(false);
    store(h.memory, hole + q, h.memory.base + hole);
    expect(() => bpoolv(h, pool.at)).toThrow(/bpoolv: free-list links are broken \(at offset \d+\)/);
  });

  test("links out of the memory are found, too", () => {
    const { h, pool, hole } = heap(false);
    store(h.memory, hole + q, 16);
    expect(() => bpoolv(h, pool.at)).toThrow(/free-list links are broken/);
  });

  test("overstored contents are found in a debug build only", () => {
    for (const freeWipe of [false, true]) {
      const { h, pool, hole } = heap(freeWipe);
      h.memory.bytes[hole + 4 * q - 1] = 1;
      const check = expect(() => bpoolv(h, pool.at));
      if (freeWipe) check.toThrow(/contents of a free block have been overstored/);
      else check.not.toThrow();
    }
  });

  test("sizes of 0 and beyond the memory end it with a panic", () => {
    const { h, pool, hole } = heap(false);
    setSize(h.memory, hole, 0);
    expect(() => bpoolv(h, pool.at)).toThrow(/block size is 0/);
    setSize(h.memory, hole, -(2 ** 30));
    expect(() => bpoolv(h, pool.at)).toThrow(/data-abort/);
  });
});
