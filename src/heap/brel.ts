// Mirrors brel of OP-TEE 4.0.0 lib/libutils/isoc/bget.c.
import { square } from "../base/integer.ts";
import { isSentinel, previousFree, setPreviousFree, setSize, sizeOf } from "./block.ts";
import { WIPE } from "./bpool.ts";
import { hasDirect, releaseDirect } from "./direct.ts";
import { indexAppended, indexKnows, indexRemoved, indexResized, withoutIndex } from "./free_index.ts";
import { append, expectLinked, remove } from "./freelist.ts";
import { type Heap, isUniform } from "./heap.ts";
import type { FreeIndex } from "./index_state.ts";
import { panic } from "./panic.ts";
import * as quick from "./quick_release.ts";
import { quickRelease32 } from "./quick_release32.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { quickRelease } = quick;

/**
 * Releases a buffer that `bget` returned and joins it with free neighbours: a free block before it keeps its place in
 * the list, one behind it leaves the list, otherwise the block goes to the tail. `wipe` fills what becomes free with 0x55.
 * Panics where the C code's assertions do; a pointer that never came from `bget` may pass unseen, as in C.
 */
export function brel(h: Heap, buffer: number, wipe: boolean): void {
  if (!wipe && brelPlain(h, buffer)) return;
  const m = h.memory;
  const g = h.geometry;
  const x = withoutIndex(h);
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
  let squares = 0;
  const before = previousFree(m, block);
  if (before !== 0) {
    if (sizeOf(m, block - before) !== before) panic("brel", block, "the free block before disagrees on its size");
    block -= before;
    free = before + size;
    squares -= square(before / g.quantum);
  } else {
    append(h, block, "brel");
    wipeFrom += g.freeHeader;
    wipeLength -= g.freeHeader;
  }
  setSize(m, block, free);

  let next = block + free;
  const behind = sizeOf(m, next);
  if (behind > 0) {
    if (previousFree(m, next + behind) !== behind)
      panic("brel", next, "the block behind disagrees on the size of this free block");
    expectLinked(h, next, "brel");
    remove(h, next);
    squares -= square(behind / g.quantum);
    free += behind;
    setSize(m, block, free);
    next = block + free;
    wipeLength += g.freeHeader;
  }
  if (wiped && wipeLength > 0) m.bytes.fill(WIPE, wipeFrom, wipeFrom + wipeLength);
  if (!(sizeOf(m, next) < 0)) panic("brel", next, "two free blocks lie side by side");
  setPreviousFree(m, next, free);
  h.freeSquares += squares + square(free / g.quantum);
  if (x !== null) updateIndex(h, x, block, before, size, behind);
  releaseEmptyPool(h, block, free);
}

/** The common case of `brel` without wiping. False where that does not settle it, and nothing was done then. */
export function brelPlain(h: Heap, buffer: number): boolean {
  if (h.quickReleases === 8) return quickRelease(h, buffer);
  return h.quickReleases === 4 && quickRelease32(h, buffer);
}

/** Tells the index of a released block that is now joined with free neighbours, 0 bytes for none. */
function updateIndex(h: Heap, x: FreeIndex, block: number, before: number, size: number, behind: number): void {
  const back = block + before + size;
  if ((before > 0 && !indexKnows(x, block, before)) || (behind > 0 && !indexKnows(x, back, behind))) return;
  const free = before + size + Math.max(behind, 0);
  if (behind > 0) indexRemoved(x, back, behind);
  if (before > 0) indexResized(x, block, before, free);
  else indexAppended(h, x, block, free);
  h.index = x;
}

/** Gives a whole free pool back where `bectl` set a release function and all pools have the size of an expansion pool. */
function releaseEmptyPool(h: Heap, block: number, free: number): void {
  const { release } = h.expansion;
  if (release === null || free !== h.poolSize - h.geometry.header || !isUniform(h)) return;
  const m = h.memory;
  if (previousFree(m, block) !== 0 || !isSentinel(m, block + free)) panic("brel", block, "an empty pool is damaged");
  const x = withoutIndex(h);
  remove(h, block);
  h.freeSquares -= square(free / h.geometry.quantum);
  if (x !== null && indexKnows(x, block, free)) {
    indexRemoved(x, block, free);
    h.index = x;
  }
  release(block);
  h.poolReleases++;
  h.pools--;
}
