// The short way of bget for 8-byte words: requests without special alignment in a heap that is sound where they touch it.
// It does what bget.ts does, and hands over to it, before anything is written, at the first doubt. One long function, since
// every call in it would cost as much as the work it does. A free block has its size at 8, its links at 16 and 24, as two
// words each. V8 is fastest where bytes are loaded by a DataView and stored by an Int32Array.
import { square } from "../base/integer.ts";
import { forgetIndex, trustedIndex } from "./free_index.ts";
import { HEAD, type Heap } from "./heap.ts";
import type { ListIndex, SizeIndex } from "./index_state.ts";
import { placeOf, shrinkPlace } from "./list_index.ts";
import { findFirst } from "./list_search.ts";
import { neededIndex, noteFound, scan } from "./quick_scan.ts";
import { leave, resize } from "./size_index.ts";
import { findBest } from "./size_search.ts";

/** Nothing was done: the long way has to. */
export const LONG_WAY = -3;

/** Keeps an offset in a range that V8 adds to without checks. */
const M = 0x7fffffff;
/** What must be 0 in an offset in the memory. */
const OUTSIDE = -0x7ffffffd;

/** Allocates a block of `size` bytes, headers included, multiple of 16. Returns the buffer, 0 or LONG_WAY. */
export function quickGet(h: Heap, size: number): number {
  const m = h.memory;
  const { view, words } = m;
  const quanta = size >>> 4;
  let x = trustedIndex(h);
  if (x === null) x = neededIndex(h);
  // Of the index: the record, or the place.
  let found = 0;
  let first = 0;
  if (x === null) {
    first = scan(h, size);
    if (first < 0) return first === HEAD ? 0 : LONG_WAY;
    // Perhaps the scan was one too many.
    x = h.index;
    if (x !== null) found = h.bestFit === true ? first >>> 1 : placeOf(x as ListIndex, first);
  } else if (h.bestFit === true) {
    found = findBest(x as SizeIndex, quanta);
    if (found < 0) return 0;
    first = found << 1;
  } else {
    const l = x as ListIndex;
    found = findFirst(m, l, quanta);
    if (found < 0) return 0;
    first = l.view.getInt32((l.blocks + (found << 2)) & M, true);
    noteFound(h, l, found);
  }
  const block = first & M;
  const free = view.getInt32(block + 8, true) & M;
  const room = (free - size) | 0;
  const end = (block + free) & M;
  if (free > ((m.lastHeader - block) | 0)) return doubt(h);
  const wrong =
    (view.getInt32(end, true) ^ free) |
    view.getInt32(block + 12, true) |
    view.getInt32(end + 4, true) |
    (((block - m.phase) | free) & 15);
  if (wrong !== 0 || (room !== 0 && room < 32)) return doubt(h);
  // Both neighbours in the list have to link to the block.
  const own = (h.baseLow + block) | 0;
  const toLow = view.getInt32(block + 16, true);
  const fromLow = view.getInt32(block + 24, true);
  let from = (fromLow - h.baseLow) | 0;
  let to = (toLow - h.baseLow) | 0;
  if ((from & OUTSIDE) === 0 && from <= m.lastFree) {
    const i = from & M;
    if (view.getInt32(i + 16, true) !== own || view.getInt32(i + 20, true) !== h.baseHigh) return doubt(h);
    if (view.getInt32(block + 28, true) !== h.baseHigh) return doubt(h);
  } else {
    from = HEAD;
    if (fromLow !== h.headLow || view.getInt32(block + 28, true) !== h.headHigh) return doubt(h);
    if (h.headForward !== block) return doubt(h);
  }
  if ((to & OUTSIDE) === 0 && to <= m.lastFree) {
    const i = to & M;
    if (view.getInt32(i + 24, true) !== own || view.getInt32(i + 28, true) !== h.baseHigh) return doubt(h);
    if (view.getInt32(block + 20, true) !== h.baseHigh) return doubt(h);
  } else {
    to = HEAD;
    if (toLow !== h.headLow || view.getInt32(block + 20, true) !== h.headHigh) return doubt(h);
    if (h.headBack !== block) return doubt(h);
  }

  // From here on there is no way back.
  words[end >>> 2] = 0;
  const taken = (block + room) & M;
  const i = taken >>> 2;
  if (room !== 0) {
    words[(block >>> 2) + 2] = room;
    words[i] = room;
    words[i + 1] = 0;
  } else {
    if (from < 0) h.headForward = to;
    else {
      words[((from & M) >>> 2) + 4] = toLow;
      if (to < 0) words[((from & M) >>> 2) + 5] = h.headHigh;
    }
    if (to < 0) h.headBack = from;
    else {
      words[((to & M) >>> 2) + 6] = fromLow;
      if (from < 0) words[((to & M) >>> 2) + 7] = h.headHigh;
    }
  }
  words[i + 2] = (0 - size) | 0;
  words[i + 3] = -1;
  if (x !== null) {
    if (h.bestFit === true) {
      if (room === 0) leave(x as SizeIndex, found, quanta);
      else resize(x as SizeIndex, found, free >>> 4, room >>> 4);
    } else shrinkPlace(x as ListIndex, found, room >>> 4);
    x.turns = h.turns = (h.turns + 1) | 0;
  }
  h.freeSquares += square(room >>> 4) - square(free >>> 4);
  h.allocated = (h.allocated + size) | 0;
  h.gets++;
  return (taken + 16) | 0;
}

/** The index may be as wrong as the bytes. */
function doubt(h: Heap): number {
  forgetIndex(h);
  return LONG_WAY;
}
