import { previousFree } from "./block.ts";
import { WIPE } from "./bpool.ts";
import { back, forward, holdsLinks, isLinked } from "./freelist.ts";
import { HEAD, type Heap } from "./heap.ts";
import type { Memory } from "./memory.ts";
import { type Damage, type Pool, type PoolWalk, walkPool } from "./walk.ts";

/**
 * Finds everything that is wrong with a heap: block headers, free-list links, wiped contents, counters. Reads only, ends
 * always. An empty list means that the heap is sound. Costs a walk over all blocks.
 */
export function checkHeap(h: Heap, pools: readonly Pool[]): Damage[] {
  const walks = pools.map((pool) => walkPool(h.memory, pool));
  const found = walks.flatMap((walk) => checkWalk(h.memory, walk));
  found.push(...checkFreeList(h, walks));
  if (h.freeWipe) found.push(...walks.flatMap((walk) => checkWiped(h.memory, walk)));
  if (found.length === 0) found.push(...checkCounters(h, walks));
  return found;
}

/** What one pool's block headers get wrong: sizes, the sentinel's place, and what they say of their neighbours. */
export function checkWalk(m: Memory, walk: PoolWalk): Damage[] {
  const g = m.geometry;
  const found: Damage[] = [];
  const end = walk.pool.at + walk.pool.length - g.header;
  const aligned = (m.base + walk.pool.at) % g.quantum === 0;
  let before = -1;
  let free = 0;
  for (const block of walk.blocks) {
    const report = (what: string): number => found.push({ at: block.at, before, what });
    if (block.size < g.freeHeader) report(`block size ${block.size} is smaller than a block can be`);
    else if (aligned && block.size % g.quantum !== 0)
      report(`block size ${block.size} is not a multiple of ${g.quantum}`);
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
  return is === 0
    ? `header says that a free block of ${says} bytes lies before it, but that block is allocated`
    : `header says ${says} for the size of the free block before it, but that is ${is}`;
}

function checkFreeList(h: Heap, walks: readonly PoolWalk[]): Damage[] {
  const found: Damage[] = [];
  const before = new Map<number, number>();
  for (const walk of walks) {
    let last = -1;
    for (const block of walk.blocks) {
      if (block.free) before.set(block.at, last);
      last = block.at;
    }
  }
  for (const [at, last] of before) {
    if (!isLinked(h, at)) found.push({ at, before: last, what: "free-list links are broken" });
  }
  const seen = new Set<number>();
  let node = h.headForward;
  let from = HEAD;
  while (node !== HEAD) {
    const report = (what: string): number => found.push({ at: node, before: before.get(node) ?? from, what });
    if (seen.has(node)) report("the free list runs in a circle");
    else if (!before.has(node)) report("the free list leads to what is not a free block");
    else if (back(h, node) !== from) report("link back does not lead to the block before in the free list");
    if (seen.has(node) || !before.has(node) || !holdsLinks(h, node)) return found;
    seen.add(node);
    from = node;
    node = forward(h, node);
  }
  if (h.headBack !== from)
    found.push({ at: from, before: before.get(from) ?? -1, what: "this last free block is not the list head's last" });
  for (const [at, last] of before) {
    if (!seen.has(at)) found.push({ at, before: last, what: "free block is not in the free list" });
  }
  return found;
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

function checkCounters(h: Heap, walks: readonly PoolWalk[]): Damage[] {
  const found: Damage[] = [];
  const blocks = walks.flatMap((walk) => walk.blocks);
  const at = walks[0]?.pool.at ?? 0;
  const expect = (what: string, counted: number, kept: number): void => {
    if (counted !== kept)
      found.push({ at, before: -1, what: `${what}: ${counted} in the bytes, ${kept} in the counters` });
  };
  const used = blocks.filter((block) => !block.free);
  const direct = h.directGets - h.directReleases;
  if (direct === 0)
    expect(
      "allocated bytes",
      used.reduce((sum, block) => sum + block.size, 0),
      h.allocated,
    );
  expect("allocated blocks", used.length, h.gets - h.releases - direct);
  const squares = blocks.reduce((sum, block) => sum + (block.free ? (block.size / h.geometry.quantum) ** 2 : 0), 0);
  expect("sum of squared free sizes", squares, h.freeSquares);
  return found;
}
