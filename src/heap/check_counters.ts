// Checks the counters of a heap against its blocks.
import { previousFree, sizeOf } from "./block.ts";
import { hasDirect } from "./direct.ts";
import type { Heap } from "./heap.ts";
import type { Memory } from "./memory.ts";
import type { Block, Damage, PoolWalk } from "./walk.ts";

/**
 * Compares the counters with blocks that are sound by themselves. A block whose size grew by exactly those of the blocks
 * behind it shows nowhere else; where the lost block is still to be seen inside it, it is named.
 */
export function checkCounters(h: Heap, walks: readonly PoolWalk[]): Damage[] {
  const found: Damage[] = [];
  const blocks = walks.flatMap((walk) => walk.blocks);
  const used = blocks.filter(({ free }) => !free);
  const count = h.gets - h.releases - (h.directGets - h.directReleases);
  if (used.length < count) found.push(...walks.flatMap((walk) => swallowers(h.memory, walk)));
  const expect = (what: string, counted: number, kept: number): void => {
    const at = walks[0]?.pool.at ?? 0;
    if (counted !== kept)
      found.push({ at, before: -1, what: `${what}: ${counted} in the bytes, ${kept} in the counters` });
  };
  expect("allocated blocks", used.length, count);
  // Direct blocks lie outside of the pools, so their bytes cannot be counted.
  const bytes = used.reduce((sum, { size }) => sum + size, 0);
  if (!hasDirect(h)) expect("allocated bytes", bytes, h.allocated);
  const quanta = (size: number): number => size / h.geometry.quantum;
  const squares = blocks.reduce((sum, { size, free }) => sum + (free ? quanta(size) ** 2 : 0), 0);
  expect("sum of squared free sizes", squares, h.freeSquares);
  return found;
}

function swallowers(m: Memory, walk: PoolWalk): Damage[] {
  const found: Damage[] = [];
  let before = -1;
  for (const block of walk.blocks) {
    const lost = block.free ? -1 : swallowed(m, block);
    if (lost >= 0)
      found.push({ at: block.at, before, what: `its size reaches over another block, ${lost} bytes into it` });
    before = block.at;
  }
  return found;
}

/** Distance to what looks like allocated blocks up to the end of this one, or -1. */
function swallowed(m: Memory, block: Block): number {
  const { freeHeader, quantum } = m.geometry;
  const end = block.at + block.size;
  for (let from = freeHeader; from <= block.size - freeHeader; from += quantum) {
    let at = block.at + from;
    while (at < end && previousFree(m, at) === 0 && -sizeOf(m, at) >= freeHeader && sizeOf(m, at) % quantum === 0)
      at -= sizeOf(m, at);
    if (at === end) return from;
  }
  return -1;
}
