// The short ways without an index: a scan, and the decision which of them pays. Every doubt is WILD.
import { buildIndex, forgetIndex } from "./free_index.ts";
import { HEAD, type Heap } from "./heap.ts";
import type { FreeIndex, ListIndex } from "./index_state.ts";
import { placeOf } from "./list_index.ts";
import * as ranges from "./ranges.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { M, OUTSIDE } = ranges;

/** A link to where no header of a free block can be. */
export const WILD = -2;

/** Beyond the last block. Not HEAD, which a wild link may lead to. */
const END = -0x80000000;

/** Steps of a scan that cost no more than keeping an index up to date. */
const CHEAP_STEPS = 24;
/** How many steps beyond those make an index worth its building, at least. */
const PATIENCE = 512;

/** The index that a heap without one is to have at once, if it is to have one. */
export function neededIndex(h: Heap): FreeIndex | null {
  return h.lookup === "index" ? buildIndex(h) : null;
}

/** With 8-byte words: the first block that fits, or the smallest and of several the first; HEAD, or WILD in doubt. */
export function scan(h: Heap, size: number): number {
  const { view, blockLimit, phase, lastFree } = h.memory;
  const { baseLow, baseHigh, headLow, headHigh } = h;
  const isBest = h.bestFit === true;
  let limit = blockLimit;
  let found = HEAD;
  let best = M;
  let block = h.headForward === HEAD ? END : h.headForward;
  while (block !== END) {
    if ((block & OUTSIDE) !== 0 || block > lastFree || --limit < 0) return WILD;
    const at = block & M;
    const free = view.getInt32(at + 8, true);
    // An odd size or place makes position() round, which is left to it.
    if (free < 0 || ((free | (block - phase)) & 15) !== 0 || view.getInt32(at + 12, true) !== 0) return WILD;
    // The C code asserts for best fit that the block before is not free.
    if (isBest && (view.getInt32(at, true) | view.getInt32(at + 4, true)) !== 0) return WILD;
    const room = (free - size) | 0;
    if (free < best && (room === 0 || room >= 32)) {
      found = block;
      best = free;
      if (!isBest) break;
    }
    const low = view.getInt32(at + 16, true);
    const high = view.getInt32(at + 20, true);
    if (low === headLow && high === headHigh) block = END;
    else if (high !== baseHigh) return WILD;
    else block = (low - baseLow) | 0;
  }
  noteScan(h, blockLimit - limit);
  return found;
}

/** The same with 4-byte words. */
export function scan32(h: Heap, size: number): number {
  const { words, blockLimit, phase } = h.memory;
  let limit = blockLimit;
  let found = HEAD;
  let best = 0x7fffffff;
  let block = h.headForward;
  if (block !== HEAD) block = quickBlock32(h, block);
  while (block >= 0) {
    const at = block >> 2;
    const free = words[at + 1] as number;
    const room = (free - size) | 0;
    // An odd size or place makes position() round, which is left to it.
    if (free < 0 || ((free | (block - phase)) & 7) !== 0 || --limit < 0) return WILD;
    if (h.bestFit && words[at] !== 0) return WILD;
    if (free < best && (room === 0 || room >= 16)) {
      found = block;
      best = free;
      if (!h.bestFit) break;
    }
    const link = words[at + 2] as number;
    block = link === h.headLow ? HEAD : quickBlock32(h, (link - h.baseLow) | 0);
  }
  noteScan(h, blockLimit - limit);
  return block === WILD ? WILD : found;
}

/** Builds the index once many scans have been long; short ones count against them. */
function noteScan(h: Heap, steps: number): void {
  const balance = h.scanned + steps - CHEAP_STEPS;
  h.scanned = balance > 0 ? balance : 0;
  if (balance < PATIENCE + 4 * steps) return;
  h.scanned = 0;
  buildIndex(h);
}

/** Gives the index up where what it finds stands at the front of the list: a scan is cheaper there. */
export function noteFound(h: Heap, x: ListIndex, place: number): void {
  const steps = place - placeOf(x, h.headForward);
  const balance = h.scanned + (steps < CHEAP_STEPS ? -1 : 4);
  h.scanned = balance < 0 ? balance : 0;
  if (balance > -PATIENCE || h.lookup === "index") return;
  h.scanned = 0;
  forgetIndex(h);
}

/** The offset itself if a free block can be there, else WILD. */
export function quickBlock32(h: Heap, block: number): number {
  return (block & 3) === 0 && block >= 0 && block <= h.memory.lastFree ? block : WILD;
}
