// The state that the short ways and the index keep beside a heap.

import type { Word } from "../geometry.ts";
import type { Finder, Heap } from "../heap.ts";
import type { FreeIndex } from "./index_state.ts";

/**
 * How a free block is looked for, which changes no result. `auto`: through an index once the free list has grown so long
 * that the index pays; `index`: always, as far as the bytes are sound; `scan`: block by block, as the C code does.
 */
export type Lookup = "auto" | "index" | "scan";

/** The finder of every heap that `createBget` of this folder makes, unless its lookup is `scan`. */
export interface FastFinder extends Finder {
  readonly lookup: Lookup;
  /** Size of the words that the short ways may be tried for, else 0. */
  readonly word: Word | 0;
  /** Lower words of the addresses of the memory's first byte and of the list head: signed 32 bits each. */
  readonly baseLow: number;
  readonly headLow: number;
  /** Upper word of both addresses where the short ways may be tried. */
  readonly high: number;
  /** What stands in the free list, by size or by place; null while scanning is cheaper. A cache: the bytes are what counts. */
  index: FreeIndex | null;
  /** Entry that the latest block to enter the list took the place of in the index's table: see entries.ts. */
  hidden: number;
  /** Steps of scans that an index would have spared, less what building one costs. */
  scanned: number;
}

/** The finder of a heap, null if it has none. Nobody else makes finders. */
export function finderOf(h: Heap): FastFinder | null {
  return h.finder as FastFinder | null;
}

/**
 * Drops the index. Call it after writing to the bytes of a heap elsewhere than in live payloads, and after putting a heap
 * back to an earlier state: the next search reads all blocks as they now are.
 */
export function forgetIndex(h: Heap): void {
  const f = finderOf(h);
  if (f !== null) f.index = null;
}
