// The short way of bget for 4-byte words: what quick_get.ts is for 8-byte words. A free block has its size at 4, its links
// at 8 and 12.

import type { Heap } from "../heap.ts";
import * as heaps from "../heap.ts";
import * as entries from "./entries.ts";
import type { FastFinder } from "./finder.ts";
import type { ListIndex, SizeIndex } from "./index_state.ts";
import * as places from "./list_index.ts";
import * as gets from "./quick_get.ts";
import * as searches from "./quick_search.ts";
import * as ranges from "./ranges.ts";
import * as rings from "./size_index.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { blockOf } = entries;
const { HEAD } = heaps;
const { shrinkPlace } = places;
const { doubt, LONG_WAY } = gets;
const { findEntry, quickScan, WILD } = searches;
const { M, OUTSIDE, SQUARES32, UNEVEN32 } = ranges;
const { removeRecord, resizeRecord, takeExact } = rings;

/** Allocates a block of so many bytes, headers included, multiple of 8. Returns the buffer, 0 or LONG_WAY. */
export function quickGet32(h: Heap, f: FastFinder, bytes: number): number {
  const size = bytes | 0;
  const m = h.memory;
  const { index } = f;
  let found = -1;
  let entry = -1;
  if (index === null) {
    found = quickScan(h, f, size) | 0;
    if (found < 0) return found === HEAD ? 0 : LONG_WAY;
    if (f.index !== null) return quickGet32(h, f, bytes);
  } else {
    if (h.bestFit === true) found = takeExact(index as SizeIndex, size >>> 3) | 0;
    if (found < 0) {
      entry = findEntry(h, f, index, size >>> 3) | 0;
      if (entry < 0) return 0;
      found = blockOf(index, entry) | 0;
    }
  }

  const { view } = m;
  const block = found & M;
  const low = view.getInt32(block + 4, true);
  const free = low & M;
  const room = (free - size) | 0;
  const end = (block + free) & M;
  if ((((block - m.phase) | low) & UNEVEN32) !== 0 || free > ((m.lastHeader - block) | 0)) return doubt(f);
  // What the index gave away as a block of just the size has no room.
  if (view.getInt32(end, true) !== free || (room !== 0 && (room < 16 || (entry < 0 && index !== null))))
    return doubt(f);
  // Both neighbours in the list have to link to the block.
  const toLow = view.getInt32(block + 8, true);
  const fromLow = view.getInt32(block + 12, true);
  const from = quickNeighbour32(h, f, fromLow, 8, block, h.headForward) | 0;
  const to = quickNeighbour32(h, f, toLow, 12, block, h.headBack) | 0;
  if (from === WILD || to === WILD) return doubt(f);

  // From here on there is no way back.
  const { words } = m;
  words[end >>> 2] = 0;
  const taken = (block + room) & M;
  if (room !== 0) {
    words[(block >>> 2) + 1] = room;
    words[taken >>> 2] = room;
  } else {
    if (from < 0) h.headForward = to;
    else words[((from & M) >>> 2) + 2] = toLow;
    if (to < 0) h.headBack = from;
    else words[((to & M) >>> 2) + 3] = fromLow;
  }
  words[(taken >>> 2) + 1] = (0 - size) | 0;
  h.freeSquares -= size * SQUARES32 * (free + room);
  h.allocated = (h.allocated + size) | 0;
  h.gets++;
  if (entry >= 0) {
    if (h.bestFit !== true) shrinkPlace(index as ListIndex, entry, room >>> 3);
    else if (room === 0) removeRecord(index as SizeIndex, entry, free >>> 3);
    else resizeRecord(index as SizeIndex, entry, free >>> 3, room >>> 3);
  }
  return (taken + 8) | 0;
}

/**
 * The neighbour of a block in the list that a link of it leads to, if the neighbour's own link at `back` leads back; HEAD
 * if it is the list head and that knows the block as its `end`; else WILD.
 */
export function quickNeighbour32(
  h: Heap,
  f: FastFinder,
  link: number,
  back: number,
  block: number,
  end: number,
): number {
  if (link === f.headLow) return end === block ? HEAD : WILD;
  const node = (link - f.baseLow) | 0;
  if ((node & OUTSIDE) !== 0 || node > h.memory.lastFree) return WILD;
  return h.memory.view.getInt32((node & M) + back, true) === ((f.baseLow + block) | 0) ? node : WILD;
}
