// Checks a heap: headers, links and counters.
import { previousFree } from "./block.ts";
import { WIPE } from "./bpool.ts";
import { checkCounters } from "./check_counters.ts";
import { checkFreeList } from "./check_list.ts";
import type { Heap } from "./heap.ts";
import type { Memory } from "./memory.ts";
import { type Damage, type Pool, type PoolWalk, walkPool } from "./walk.ts";

/**
 * Finds what is wrong with a heap: block headers, free-list links, wiped contents, counters. Reads only, ends always. An
 * empty list means that the heap is sound. What comes first in the list is nearest to the cause: of two neighbours that
 * disagree the one behind is named, and the other in `before`. Costs a walk over all blocks.
 */
export function checkHeap(h: Heap, pools: readonly Pool[]): Damage[] {
  const walks = pools.map((pool) => walkPool(h.memory, pool));
  const found = checkBlocks(h, walks);
  return found.length > 0 ? found : checkCounters(h, walks);
}

/** Everything of `checkHeap` that stands in the bytes. */
export function checkBlocks(h: Heap, walks: readonly PoolWalk[]): Damage[] {
  return [
    ...walks.flatMap((walk) => checkWalk(h.memory, walk)),
    ...checkFreeList(h, walks),
    ...(h.freeWipe ? walks.flatMap((walk) => checkWiped(h.memory, walk)) : []),
  ];
}

/** What one pool's block headers get wrong: sizes, the sentinel's place, and what they say of their neighbours. */
export function checkWalk(m: Memory, walk: PoolWalk): Damage[] {
  const found: Damage[] = [];
  const end = walk.pool.at + walk.pool.length - m.geometry.header;
  let before = -1;
  let free = 0;
  for (const block of walk.blocks) {
    const report = (what: string): number => found.push({ at: block.at, before, what });
    if (block.previousFree !== free) report(describePrevious(block.previousFree, free));
    if (block.free && free !== 0) report("two free blocks lie side by side");
    free = block.free ? block.size : 0;
    before = block.at;
  }
  if (walk.damage) found.push(walk.damage);
  else if (walk.end !== end) found.push({ at: walk.end, before, what: "the pool ends before its length" });
  else if (previousFree(m, end) !== free)
    found.push({ at: end, before, what: describePrevious(previousFree(m, end), free) });
  return found;
}

function describePrevious(says: number, is: number): string {
  if (says < 0) return "header has a negative size for the free block before it";
  return is === 0
    ? `header says that a free block of ${says} bytes lies before it, but that block is allocated`
    : `header says ${says} for the size of the free block before it, but that is ${is}`;
}

function checkWiped(m: Memory, walk: PoolWalk): Damage[] {
  const found: Damage[] = [];
  let before = -1;
  for (const { at, size, free } of walk.blocks) {
    if (free) {
      const wrong = overstored(m, at, size);
      if (wrong >= 0) found.push({ at, before, what: `free block was written to at byte ${wrong - at} of it` });
    }
    before = at;
  }
  return found;
}

/** Offset of the first byte of a free block that is not wiped, or -1. */
export function overstored(m: Memory, block: number, size: number): number {
  for (let i = block + m.geometry.freeHeader; i < block + size; i++) if (m.bytes[i] !== WIPE) return i;
  return -1;
}
