// The short way of bget for 8-byte words: requests without special alignment in a heap that is sound where they touch it.
// It does what bget.ts does, and hands over to it, before anything is written, at the first doubt. One long function, since
// every call in it would cost as much as the work it does. A free block has its size at 8, its links at 16 and 24, as two
// words each. V8 is fastest where bytes are loaded by a DataView and stored by an Int32Array.

import type { Heap } from "../heap.ts";
import * as heaps from "../heap.ts";
import * as entries from "./entries.ts";
import type { FastFinder } from "./finder.ts";
import type { ListIndex, SizeIndex } from "./index_state.ts";
import * as places from "./list_index.ts";
import * as searches from "./quick_search.ts";
import * as ranges from "./ranges.ts";
import * as rings from "./size_index.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { blockOf } = entries;
const { HEAD } = heaps;
const { shrinkPlace } = places;
const { findEntry, quickScan } = searches;
const { M, OUTSIDE, SQUARES, UNEVEN } = ranges;
const { removeRecord, resizeRecord, takeExact } = rings;

/** Nothing was done: the long way has to. */
export const LONG_WAY = -3;

/**
 * Allocates a block of so many bytes, headers included, multiple of 16. Returns the buffer, 0 or LONG_WAY.
 * Long: calls between its steps would cost more than the steps.
 */
export function quickGet(h: Heap, f: FastFinder, bytes: number): number {
  const size = bytes | 0;
  const m = h.memory;
  const { index } = f;
  let found = -1;
  // What the index has the block as, a record or a place, if it has to be told.
  let entry = -1;
  if (index === null) {
    found = quickScan(h, f, size) | 0;
    if (found < 0) return found === HEAD ? 0 : LONG_WAY;
    // Perhaps the scan was one too many: the index finds the same block, and has to be told what becomes of it.
    if (f.index !== null) return quickGet(h, f, bytes);
  } else {
    if (h.bestFit === true) found = takeExact(index as SizeIndex, size >>> 4) | 0;
    if (found < 0) {
      entry = findEntry(h, f, index, size >>> 4) | 0;
      if (entry < 0) return 0;
      found = blockOf(index, entry) | 0;
    }
  }

  const { view } = m;
  const block = found & M;
  const low = view.getInt32(block + 8, true);
  const free = low & M;
  const room = (free - size) | 0;
  const end = (block + free) & M;
  // Now, while all of it is in registers.
  const squares = size * SQUARES * (free + room);
  if (free > ((m.lastHeader - block) | 0)) return doubt(f);
  const wrong =
    (view.getInt32(end, true) ^ free) |
    view.getInt32(block + 12, true) |
    view.getInt32(end + 4, true) |
    (((block - m.phase) | low) & UNEVEN);
  // What the index gave away as a block of just the size has no room.
  if (wrong !== 0 || (room !== 0 && (room < 32 || (entry < 0 && index !== null)))) return doubt(f);
  // Both neighbours in the list have to link to the block.
  const { high } = f;
  const own = (f.baseLow + block) | 0;
  const fromLow = view.getInt32(block + 24, true);
  let from = (fromLow - f.baseLow) | 0;
  if ((from & OUTSIDE) === 0 && from <= m.lastFree) {
    const i = from & M;
    if (view.getInt32(i + 16, true) !== own || view.getInt32(i + 20, true) !== high) return doubt(f);
    if (view.getInt32(block + 28, true) !== high) return doubt(f);
  } else {
    from = HEAD;
    if (fromLow !== f.headLow || view.getInt32(block + 28, true) !== high) return doubt(f);
    if (h.headForward !== block) return doubt(f);
  }
  const toLow = view.getInt32(block + 16, true);
  let to = (toLow - f.baseLow) | 0;
  if ((to & OUTSIDE) === 0 && to <= m.lastFree) {
    const i = to & M;
    if (view.getInt32(i + 24, true) !== own || view.getInt32(i + 28, true) !== high) return doubt(f);
    if (view.getInt32(block + 20, true) !== high) return doubt(f);
  } else {
    to = HEAD;
    if (toLow !== f.headLow || view.getInt32(block + 20, true) !== high) return doubt(f);
    if (h.headBack !== block) return doubt(f);
  }

  // From here on there is no way back.
  const { words } = m;
  words[end >>> 2] = 0;
  const taken = (block + room) & M;
  const i = taken >>> 2;
  if (room !== 0) {
    words[(block >>> 2) + 2] = room;
    words[i] = room;
    words[i + 1] = 0;
  } else {
    if (from < 0) h.headForward = to;
    else words[((from & M) >>> 2) + 4] = toLow;
    if (to < 0) h.headBack = from;
    else words[((to & M) >>> 2) + 6] = fromLow;
  }
  words[i + 2] = (0 - size) | 0;
  words[i + 3] = -1;
  h.freeSquares -= squares;
  h.allocated = (h.allocated + size) | 0;
  h.gets++;
  // Last, since what is called for the index makes V8 forget all that it knows of objects.
  if (entry >= 0) {
    if (h.bestFit !== true) shrinkPlace(index as ListIndex, entry, room >>> 4);
    else if (room === 0) removeRecord(index as SizeIndex, entry, free >>> 4);
    else resizeRecord(index as SizeIndex, entry, free >>> 4, room >>> 4);
  }
  return (taken + 16) | 0;
}

/** The index may be as wrong as the bytes. */
export function doubt(f: FastFinder): number {
  f.index = null;
  return LONG_WAY;
}
