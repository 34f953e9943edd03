// Gives a heap its finder: the index over its free list, and the numbers that the short ways need.
import { assert } from "../../base/assert.ts";
import type { Heap } from "../heap.ts";
import { finderChanged } from "./changed.ts";
import type { FastFinder, Lookup } from "./finder.ts";
import { finderRelease } from "./release.ts";
import { finderTake } from "./take.ts";

const TWO32 = 2 ** 32;

/** Gives a new heap a finder, unless `lookup` is `scan`. Returns the heap. */
export function addFinder(h: Heap, lookup: Lookup = "auto"): Heap {
  assert(lookup === "auto" || lookup === "index" || lookup === "scan", "lookup is auto, index or scan");
  if (lookup === "scan") return h;
  const high = Math.floor(h.memory.base / TWO32);
  const finder: FastFinder = {
    take: finderTake,
    release: finderRelease,
    changed: finderChanged,
    lookup,
    word: isShort(h, high) ? h.geometry.word : 0,
    baseLow: h.memory.base | 0,
    headLow: h.headAddress | 0,
    high: high | 0,
    index: null,
    hidden: 0,
    scanned: 0,
  };
  h.finder = finder;
  return h;
}

/**
 * True if the short ways may be tried. A debug build looks at all blocks anyway. The upper word of all addresses must be
 * the same, a link to the head no offset, and half of a block's offset that of a word.
 */
function isShort({ memory, headAddress, freeWipe, geometry }: Heap, high: number): boolean {
  const { base, bytes, phase } = memory;
  return (
    !freeWipe &&
    (base % TWO32) + bytes.length <= TWO32 &&
    Math.floor(headAddress / TWO32) === high &&
    (headAddress < base || headAddress >= base + bytes.length) &&
    (geometry.word === 8 ? phase % 8 === 0 : phase % 4 === 0 && high === 0)
  );
}
