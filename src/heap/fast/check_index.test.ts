// Faults planted in an index, each of which the checker has to name.
import { describe, expect, test } from "vitest";
import { freeList } from "../../../test/support/heaps.ts";
import { bget } from "../bget.ts";
import { bpool } from "../bpool.ts";
import { brel } from "../brel.ts";
import type { Heap } from "../heap.ts";
import { checkIndex } from "./check_index.ts";
import { RINGS, ringOf } from "./class_bits.ts";
import { createBget } from "./create_bget.ts";
import { entryOf } from "./entries.ts";
import { finderOf, forgetIndex } from "./finder.ts";
import type { ListIndex, SizeIndex } from "./index_state.ts";
import { rangeOf, sizeByte } from "./list_index.ts";
import { FIRST_NODE } from "./max_tree.ts";

/** A heap of 60 holes of 4, 6 or 8 quanta, one after the other; the holes in the order of the list. */
function indexed(fit: "first" | "best"): { h: Heap; holes: number[] } {
  const h = createBget(new Uint8Array(32 * 1024), { fit, lookup: "index" });
  bpool(h, 16, 32 * 1024 - 16);
  const buffers = Array.from({ length: 120 }, (_, n) => bget(h, 0, 0, 16 * (3 + 2 * ((n >> 1) % 3))));
  while (bget(h, 0, 0, 1) !== 0);
  for (let n = 0; n < buffers.length; n += 2) brel(h, buffers[n] as number, false);
  // Built anew, so that the first of the list has the first place.
  forgetIndex(h);
  expect(bget(h, 0, 0, 5000)).toBe(0);
  expect(checkIndex(h)).toEqual([]);
  return { h, holes: freeList(h) };
}

/** What the checker says of a heap, one line a block. */
function linesOf(h: Heap): string[] {
  return checkIndex(h).map(({ at, what }) => `${at}: ${what}`);
}

test("a heap without an index, or without a finder, has nothing to check", () => {
  const { h } = indexed("first");
  forgetIndex(h);
  expect(checkIndex(h)).toEqual([]);
  expect(checkIndex(createBget(new Uint8Array(64), { lookup: "scan" }))).toEqual([]);
});

test("a list that runs in a circle ends the check", () => {
  const { h, holes } = indexed("first");
  const [first = 0, second = 0] = holes;
  h.memory.view.setBigUint64(second + 16, BigInt(h.memory.base + first), true);
  expect(linesOf(h)).toEqual([`${first}: the free list cannot be followed to its end`]);
});

describe("the index by place", () => {
  function planted(plant: (x: ListIndex, place: number, h: Heap) => void): { lines: string[]; hole: number } {
    const { h, holes } = indexed("first");
    const x = finderOf(h)?.index as ListIndex;
    const hole = holes[20] as number;
    plant(x, entryOf(x, hole), h);
    return { lines: linesOf(h), hole };
  }

  test("lacks a block", () => {
    const { lines } = planted((x, place) => {
      x.bytes[x.sizes + sizeByte(place)] = 0;
    });
    expect(lines[0]).toBe("0: 59 places have a block, and 60 blocks are in the list");
  });

  test("has a block of another size, another block, or one behind the last place", () => {
    const size = planted((x, place) => {
      x.bytes[x.sizes + sizeByte(place)] = 7;
    });
    expect(size.lines).toEqual([`${size.hole}: place 20 has size 7, the block 8 quanta`]);
    const other = planted((x, place) => {
      x.words[x.blocks + place] = 64;
    });
    expect(other.lines[0]).toBe(`${other.hole}: place 20 has block 64, the list another one`);
    const end = planted((x) => {
      x.end = 59;
    });
    expect(end.lines).toHaveLength(1);
    expect(end.lines[0]).toMatch(/: place 59 was not given out yet, but has a size$/);
  });

  test("would begin a search behind the block, or pass over it in the tree", () => {
    const start = planted((x) => x.words.fill(2, rangeOf(8), 128));
    expect(start.lines).toContain(`${start.hole}: searches for 8 quanta begin behind place 20`);
    const order = planted((x) => {
      x.words[40] = 0;
      x.words[39] = 1;
    });
    expect(order.lines).toContain("0: range 40 begins before the one of smaller sizes");
    for (const value of [14, 18]) {
      const tree = planted((x) => {
        x.words[(x.nodes >>> 2) + x.firstLeaf + 1] = value;
      });
      expect(tree.lines).toContain(`${tree.hole}: node 33 has no block of 8 quanta below it, but place 20`);
    }
    const root = planted((x) => x.words.fill(0, (x.nodes >>> 2) + FIRST_NODE, (x.nodes >>> 2) + x.firstLeaf));
    expect(root.lines.length).toBeGreaterThan(59);
  });

  test("names another block in its table", () => {
    const { lines, hole } = planted((x, place) => {
      const block = x.words[x.blocks + place] as number;
      x.words[x.entries + (block >>> x.entryShift)] = place + 1;
    });
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^${hole}: the table of entries has block \\d+ here$`))]);
  });
});

describe("the index by size", () => {
  function planted(plant: (x: SizeIndex, record: number, hole: number) => void): { lines: string[]; hole: number } {
    const { h, holes } = indexed("best");
    const x = finderOf(h)?.index as SizeIndex;
    const hole = holes[20] as number;
    plant(x, entryOf(x, hole), hole);
    return { lines: linesOf(h), hole };
  }

  test("lacks a block, or has it in the ring of another size", () => {
    const { lines, hole } = planted((x, record) => {
      const [next = 0, previous = 0] = x.words.subarray(record, record + 2);
      x.words[previous] = next;
      x.words[next + 1] = previous;
    });
    expect(lines).toEqual([`${hole}: the index lacks this free block`]);
    const other = planted((x, record) => {
      const [next = 0, previous = 0] = x.words.subarray(record, record + 2);
      x.words[previous] = next;
      x.words[next + 1] = previous;
      const ring = ringOf(9);
      x.words.set([ring, ring], record);
      x.words.set([record, record], ring);
      x.words[ring >>> 7] = (x.words[ring >>> 7] as number) | (1 << (ring >>> 2));
    });
    expect(other.lines).toEqual([`${other.hole}: no record in the ring of 8 quanta`]);
  });

  test("has a block that is not free", () => {
    const { lines, hole } = planted((x, record) => {
      x.words[record + x.blocks] = 32;
    });
    expect(lines).toContain(`${hole}: the index lacks this free block`);
    expect(lines).toContain("32: the index has a block that is not in the list");
    expect(lines.at(-1)).toMatch(new RegExp(`^${hole}: the table of entries`));
  });

  test("has a broken ring, or one whose turns do not ascend", () => {
    for (const word of [1, 2]) {
      const { lines } = planted((x, record) => {
        x.words[record + word] = 0;
      });
      expect(lines[0]).toBe("0: the ring of 8 quanta is broken");
    }
  });

  test("has turns in another order than the list, or later than the latest", () => {
    const { lines } = planted((x, record) => {
      x.words[record + 2] = (x.words[record + 2] as number) + 2;
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/turn 2\d is not this block's in the list/);
    const late = planted((x) => {
      x.turns = 59;
    });
    expect(late.lines).toHaveLength(1);
    expect(late.lines[0]).toMatch(/turn 60 is not/);
  });

  test("has bitmaps that hide a ring", () => {
    const { lines } = planted((x) => {
      x.words[ringOf(8) >>> 7] = 0;
    });
    expect(lines).toEqual([4, 6, 8].map((n) => `0: the bitmaps say that there is no block of ${n} quanta`));
    const summary = planted((x) => x.words.fill(0, (RINGS >>> 7) + 64, (RINGS >>> 7) + 67));
    expect(summary.lines).toEqual(lines);
  });

  test("has a late record in a wrong place, or another number of them", () => {
    const { lines, hole } = planted((x, record) => {
      const [next = 0, previous = 0] = x.words.subarray(record, record + 2);
      x.words[previous] = next;
      x.words[next + 1] = previous;
      x.words.set([-1, 7], record);
      x.late.set(ringOf(8), [record]);
    });
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^${hole}: record \\d+ waits in a wrong place$`)),
      "0: 1 records are late, and 0 are counted",
    ]);
  });
});
