// Tests of bpoold.ts.
import { describe, expect, test } from "vitest";
import { bareHeap } from "../../test/support/heaps.ts";
import { bget } from "./bget.ts";
import { bpoold } from "./bpoold.ts";
import { brel } from "./brel.ts";
import { store } from "./memory.ts";

const A_ROW = "61 62 63 64 65 66 67 68 69 6A 6B 6C 6D 6E 6F 70    abcdefghijklmnop";
const ROW_OF_55 = `${"55 ".repeat(16)}   ${"U".repeat(16)}`;

describe("bpoold", () => {
  function heap() {
    const made = bareHeap(14, { freeWipe: true });
    bget(made.h, 0, 0, 16);
    const hole = bget(made.h, 0, 0, 48);
    const last = bget(made.h, 0, 0, 16);
    brel(made.h, hole, false);
    made.h.memory.bytes.set(
      [...Array(16).keys()].map((n) => 0x61 + n),
      last,
    );
    return { ...made, hole: hole - 16 };
  }

  test("all blocks in address order", () => {
    const { h, pool } = heap();
    expect(bpoold(h, pool.at, false, false)).toEqual([
      "Free block:       size     80 bytes.",
      "Allocated buffer: size     32 bytes.",
      "Free block:       size     64 bytes.",
      "Allocated buffer: size     32 bytes.",
    ]);
  });

  test("with the data of allocated or of free blocks", () => {
    const { h, pool } = heap();
    expect(bpoold(h, pool.at, true, false).slice(1, 4)).toEqual([
      "Allocated buffer: size     32 bytes.",
      A_ROW,
      "Free block:       size     64 bytes.",
    ]);
    expect(bpoold(h, pool.at, false, true).slice(0, 5)).toEqual([
      "Free block:       size     80 bytes.",
      ROW_OF_55,
      ROW_OF_55,
      ROW_OF_55,
      "Allocated buffer: size     32 bytes.",
    ]);
  });

  test("bad links are noted, and an overstored block is dumped unasked", () => {
    const { h, pool, hole } = heap();
    store(h.memory, hole + 16, 0);
    h.memory.bytes[hole + 40] = 0x21;
    expect(bpoold(h, pool.at, false, false).slice(2, 5)).toEqual([
      "Free block:       size     64 bytes.  (Bad free list links)",
      "(Contents of above free block have been overstored.)",
      `${"55 ".repeat(8)}21 ${"55 ".repeat(7)}   ${"U".repeat(8)}!${"U".repeat(7)}`,
    ]);
  });
});
