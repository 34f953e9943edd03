// Mirrors brel of OP-TEE 4.0.0 lib/libutils/isoc/bget.c.
import { square } from "../base/integer.ts";
import { isSentinel, previousFree, setPreviousFree, setSize, sizeOf } from "./block.ts";
import { WIPE } from "./bpool.ts";
import { hasDirect, releaseDirect } from "./direct.ts";
import { updateSquares } from "./free_squares.ts";
import { append, expectLinked, remove, resize } from "./freelist.ts";
import { type Heap, isUniform } from "./heap.ts";
import { panic } from "./panic.ts";

/**
 * Releases a buffer that `bget` returned and joins it with free neighbours: a free block before it keeps its place in
 * the list, one behind it leaves the list, otherwise the block goes to the tail. `wipe` fills what becomes free with 0x55.
 * Panics where the C code's assertions do; a pointer that never came from `bget` may pass unseen, as in C.
 */
export function brel(h: Heap, buffer: number, wipe: boolean): void {
  if (h.finder !== null) h.finder.release(h, buffer, wipe);
  else release(h, buffer, wipe);
}

/** What the C function does, step by step. */
export function release(h: Heap, buffer: number, wipe: boolean): void {
  const m = h.memory;
  const g = h.geometry;
  h.releases++;
  if (buffer === 0) panic("brel", 0, "a null pointer is released");
  let block = buffer - g.header;
  const wiped = wipe || h.freeWipe;
  const signed = sizeOf(m, block);
  if (signed === 0 && hasDirect(h)) return releaseDirect(h, buffer, wiped);
  if (!(signed < 0)) panic("brel", block, "this block is not allocated");
  const size = -signed;
  if (previousFree(m, block + size) !== 0) panic("brel", block, "the block behind says that this one is free");
  h.allocated -= size;
  if (h.allocated < 0) panic("brel", block, "more is released than was allocated");

  let free = size;
  let wipeFrom = block;
  let wipeLength = size;
  const before = previousFree(m, block);
  if (before !== 0) {
    if (sizeOf(m, block - before) !== before) panic("brel", block, "the free block before disagrees on its size");
    block -= before;
    free = before + size;
    resize(h, block, free);
    updateSquares(h, before, 0, free);
  } else {
    append(h, block, free, "brel");
    setSize(m, block, free);
    updateSquares(h, 0, 0, free);
    wipeFrom += g.freeHeader;
    wipeLength -= g.freeHeader;
  }

  let next = block + free;
  const behind = sizeOf(m, next);
  if (behind > 0) {
    if (previousFree(m, next + behind) !== behind)
      panic("brel", next, "the block behind disagrees on the size of this free block");
    expectLinked(h, next, "brel");
    remove(h, next);
    resize(h, block, free + behind);
    updateSquares(h, free, behind, free + behind);
    free += behind;
    next = block + free;
    wipeLength += g.freeHeader;
  }
  if (wiped && wipeLength > 0) m.bytes.fill(WIPE, wipeFrom, wipeFrom + wipeLength);
  if (!(sizeOf(m, next) < 0)) panic("brel", next, "two free blocks lie side by side");
  setPreviousFree(m, next, free);
  releaseEmptyPool(h, block, free);
}

/** Gives a whole free pool back where `bectl` set a release function and all pools have the size of an expansion pool. */
function releaseEmptyPool(h: Heap, block: number, free: number): void {
  const { release: giveBack } = h.expansion;
  if (giveBack === null || free !== h.poolSize - h.geometry.header || !isUniform(h)) return;
  const m = h.memory;
  if (previousFree(m, block) !== 0 || !isSentinel(m, block + free)) panic("brel", block, "an empty pool is damaged");
  remove(h, block);
  h.freeSquares -= square(free / h.geometry.quantum);
  giveBack(block);
  h.poolReleases++;
  h.pools--;
}
