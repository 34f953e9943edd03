// The short ways to search, by index and by scan, and the decision which of them pays. Every doubt of a scan is WILD.

import type { Heap } from "../heap.ts";
import * as heaps from "../heap.ts";
import { buildIndex } from "./build_index.ts";
import { entryOf } from "./entries.ts";
import type { FastFinder } from "./finder.ts";
import type { FreeIndex, ListIndex, SizeIndex } from "./index_state.ts";
import * as firstFit from "./list_search.ts";
import * as ranges from "./ranges.ts";
import * as bestFit from "./size_search.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { HEAD } = heaps;
const { findFirst } = firstFit;
const { M, OUTSIDE } = ranges;
const { findBest } = bestFit;

/** A link to where no header of a free block can be. */
export const WILD = -2;

/** Steps of a scan that cost no more than keeping an index up to date. */
const CHEAP_STEPS = 24;
/** The same for best fit, which has to look at all blocks. */
const CHEAP_STEPS_BEST = 12;
/** How many steps beyond those make an index worth its building, at least. */
const PATIENCE = 512;

/** What the index has the first or best block as that fits so many quanta, a place or a record; -1 if there is none. */
export function findEntry(h: Heap, f: FastFinder, x: FreeIndex, quanta: number): number {
  // With | 0 V8 knows at once that what a call returns is an integer.
  if (h.bestFit === true) return findBest(h.memory, x as SizeIndex, quanta) | 0;
  const place = findFirst(h.memory, x as ListIndex, quanta) | 0;
  if (place >= 0) noteFound(h, f, x as ListIndex, place);
  return place;
}

/**
 * The first block that fits, or the smallest and of several the first; HEAD, or WILD in doubt. For a heap without an index;
 * afterwards it may have one.
 */
export function quickScan(h: Heap, f: FastFinder, size: number): number {
  if (h.bestFit === true) return scanBest(h, f, size);
  if (f.lookup === "index") buildIndex(h, f);
  return h.memory.wide ? scanFirst(h, f, size) : scanFirst32(h, f, size);
}

/** The first block that fits, with 8-byte words. Most searches end after few steps, so what is needed is loaded on the way. */
function scanFirst(h: Heap, f: FastFinder, size: number): number {
  const m = h.memory;
  const { view } = m;
  let block = h.headForward;
  if (block === HEAD) return HEAD;
  let steps = 1;
  for (; ; steps++) {
    if ((block & OUTSIDE) !== 0 || block > m.lastFree || steps > m.blockLimit) return WILD;
    const at = block & M;
    const free = view.getInt32(at + 8, true);
    if (free < 0 || view.getInt32(at + 12, true) !== 0) return WILD;
    const room = (free - size) | 0;
    // A block that is one quantum too large cannot be used. What has an odd size or place is left to whoever takes it.
    if (room >= 0 && (room !== 16 || ((block - m.phase) & 15) !== 0)) break;
    const low = view.getInt32(at + 16, true);
    const high = view.getInt32(at + 20, true);
    if (high !== f.high) return WILD;
    if (low === f.headLow) {
      block = HEAD;
      break;
    }
    block = (low - f.baseLow) | 0;
  }
  if (steps > CHEAP_STEPS || f.scanned !== 0) noteScan(h, f, steps, CHEAP_STEPS);
  return block;
}

/**
 * The smallest block that fits, and of several the first. For words of both sizes, since only heaps with few free blocks
 * go without an index for best fit. With what quickScan() begins with written out, its bytecode has more than the 460 bytes from
 * which on V8 makes nothing a part of quickGet: that has better use for its budget, and until the first index is built this
 * is what it calls most.
 */
function scanBest(h: Heap, f: FastFinder, size: number): number {
  if (f.lookup === "index") buildIndex(h, f);
  const m = h.memory;
  const { view, wide } = m;
  const word = wide ? 8 : 4;
  const uneven = m.geometry.quantum - 1;
  let found = HEAD;
  let best = M;
  let block = h.headForward;
  if (block === HEAD) return HEAD;
  let steps = 1;
  for (; ; steps++) {
    if ((block & OUTSIDE) !== 0 || block > m.lastFree || steps > m.blockLimit) return WILD;
    const at = block & M;
    const free = view.getInt32(at + word, true);
    // An odd size or place makes position() round, which is left to it.
    if (free < 0 || ((free | (block - m.phase)) & uneven) !== 0) return WILD;
    // The C code asserts for best fit that the block before is not free.
    if (view.getInt32(at, true) !== 0) return WILD;
    if (wide && (view.getInt32(at + 4, true) | view.getInt32(at + 12, true)) !== 0) return WILD;
    const room = (free - size) | 0;
    if (free < best && (room === 0 || room >= m.least)) {
      found = block;
      best = free;
    }
    const low = view.getInt32(at + 2 * word, true);
    if (wide && view.getInt32(at + 20, true) !== f.high) return WILD;
    if (low === f.headLow) break;
    block = (low - f.baseLow) | 0;
  }
  if (steps > CHEAP_STEPS_BEST || f.scanned !== 0) noteScan(h, f, steps, CHEAP_STEPS_BEST);
  return found;
}

/** The first block that fits, with 4-byte words. */
function scanFirst32(h: Heap, f: FastFinder, size: number): number {
  const m = h.memory;
  const { view } = m;
  let block = h.headForward;
  if (block === HEAD) return HEAD;
  let steps = 1;
  for (; ; steps++) {
    if ((block & OUTSIDE) !== 0 || block > m.lastFree || steps > m.blockLimit) return WILD;
    const at = block & M;
    const free = view.getInt32(at + 4, true);
    if (free < 0) return WILD;
    const room = (free - size) | 0;
    if (room >= 0 && (room !== 8 || ((block - m.phase) & 7) !== 0)) break;
    const low = view.getInt32(at + 8, true);
    if (low === f.headLow) {
      block = HEAD;
      break;
    }
    block = (low - f.baseLow) | 0;
  }
  if (steps > CHEAP_STEPS || f.scanned !== 0) noteScan(h, f, steps, CHEAP_STEPS);
  return block;
}

/** A scan that went the long way took so many steps: afterwards the heap may have an index. */
export function noteLongScan(h: Heap, f: FastFinder, steps: number): void {
  const cheap = h.bestFit ? CHEAP_STEPS_BEST : CHEAP_STEPS;
  if (steps > cheap || f.scanned !== 0) noteScan(h, f, steps, cheap);
}

/** Builds the index once many scans have been longer than the cheap ones; those count against them. */
function noteScan(h: Heap, f: FastFinder, steps: number, cheap: number): void {
  const balance = f.scanned + steps - cheap;
  f.scanned = balance > 0 ? balance : 0;
  if (balance < PATIENCE + 4 * steps) return;
  f.scanned = 0;
  buildIndex(h, f);
}

/** Gives the index up where what it finds stands at the front of the list: a scan is cheaper there. */
function noteFound(h: Heap, f: FastFinder, x: ListIndex, place: number): void {
  const steps = place - entryOf(x, h.headForward);
  const balance = f.scanned + (steps < CHEAP_STEPS ? -1 : 4);
  f.scanned = balance < 0 ? balance : 0;
  if (balance > -PATIENCE || f.lookup === "index") return;
  f.scanned = 0;
  f.index = null;
}
