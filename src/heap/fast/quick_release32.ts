// The short way of brel for 4-byte words: what quick_release.ts is for 8-byte words. See quick_get32.ts.
import type { Heap } from "../heap.ts";
import * as heaps from "../heap.ts";
import type { FastFinder } from "./finder.ts";
import type { ListIndex, SizeIndex } from "./index_state.ts";
import * as places from "./list_index.ts";
import * as order from "./places.ts";
import * as gets from "./quick_get32.ts";
import * as searches from "./quick_search.ts";
import * as ranges from "./ranges.ts";
import * as rings from "./size_index.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { HEAD } = heaps;
const { growPlace, shrinkPlace } = places;
const { appendPlace } = order;
const { enterLast, removeRecord, resizeRecord } = rings;
const { M, OUTSIDE, SQUARES32 } = ranges;
const { quickNeighbour32 } = gets;
const { WILD } = searches;

/**
 * Releases a buffer without wiping. False if nothing was done: the long way has to.
 * Long: calls between its steps would cost more than the steps.
 */
export function quickRelease32(h: Heap, f: FastFinder, buffer: number): boolean {
  const m = h.memory;
  const { view } = m;
  const block = (buffer - 8) & M;
  // Also true for what is no number.
  if (block !== buffer - 8 || block > m.lastFree) return false;
  const size = (0 - view.getInt32(block + 4, true)) | 0;
  if ((((block - m.phase) | size) & 7) !== 0 || size < 16 || size > h.allocated) return false;
  if (size > ((m.lastHeader - block) | 0)) return false;
  const end = (block + size) & M;
  if (view.getInt32(end, true) !== 0) return false;
  const x = f.index;

  // The block before: free, or allocated, so that this one goes to the tail of the list.
  const before = view.getInt32(block, true);
  const front = (block - before) & M;
  // What the index has it as: a record or a place.
  let entry = 0;
  if (before !== 0) {
    if (before < 16 || before > block || (before & 7) !== 0 || view.getInt32(front + 4, true) !== before) return false;
    if (x !== null) {
      entry = x.words[x.entries + (front >>> x.entryShift)] as number;
      if (x.words[x.blocks + entry] !== front) return false;
    }
  } else {
    const first = h.headForward;
    const last = h.headBack;
    if (((last | first) & OUTSIDE) !== 0) {
      if (last !== HEAD || first !== HEAD) return false;
    } else {
      const i = last & M;
      const j = first & M;
      if (i > m.lastFree || j > m.lastFree) return false;
      if (view.getInt32(i + 8, true) !== f.headLow || view.getInt32(j + 12, true) !== f.headLow) return false;
    }
  }

  // The block behind: allocated or a sentinel, or free, so that it leaves the list.
  const { words } = m;
  let free = (before + size) | 0;
  let after = end;
  let behind = 0;
  let other = 0;
  if (view.getInt32(end + 4, true) >= 0) {
    behind = view.getInt32(end + 4, true);
    if (behind < 16 || (behind & 7) !== 0 || behind > ((m.lastHeader - end) | 0)) return false;
    after = (end + behind) & M;
    if (view.getInt32(after, true) !== behind || view.getInt32(after + 4, true) >= 0) return false;
    const to = view.getInt32(end + 8, true);
    const from = view.getInt32(end + 12, true);
    const previous = quickNeighbour32(h, f, from, 8, end, h.headForward) | 0;
    const following = quickNeighbour32(h, f, to, 12, end, h.headBack) | 0;
    if (previous === WILD || following === WILD) return false;
    if (x !== null) {
      other = x.words[x.entries + (end >>> x.entryShift)] as number;
      if (x.words[x.blocks + other] !== end) return false;
    }
    // From here on there is no way back.
    if (previous < 0) h.headForward = following;
    else words[((previous & M) >>> 2) + 2] = to;
    if (following >= 0) words[((following & M) >>> 2) + 3] = from;
    else {
      h.headBack = previous;
      // The C code appends first, so what was the last block has a link to this one when it leaves the list.
      if (before === 0) words[(end >>> 2) + 2] = (f.baseLow + block) | 0;
    }
    free = (free + behind) | 0;
  }

  h.allocated = (h.allocated - size) | 0;
  h.releases++;
  words[after >>> 2] = free;
  // (a + s + b)² - a² - b² = s (s + 2a + 2b) + 2ab
  h.freeSquares += size * SQUARES32 * (free + before + behind);
  if (before !== 0) {
    if (behind !== 0) h.freeSquares += before * SQUARES32 * 2 * behind;
    words[(front >>> 2) + 1] = free;
  } else {
    const tail = h.headBack;
    const i = block >>> 2;
    words[i + 1] = free;
    words[i + 2] = f.headLow;
    h.headBack = block;
    if (tail < 0) {
      h.headForward = block;
      words[i + 3] = f.headLow;
    } else {
      words[i + 3] = (f.baseLow + tail) | 0;
      words[((tail & M) >>> 2) + 2] = (f.baseLow + block) | 0;
    }
  }
  if (x === null) return true;
  if (h.bestFit === true) {
    if (before === 0) enterLast(x as SizeIndex, block, free >>> 3);
    else resizeRecord(x as SizeIndex, entry, before >>> 3, free >>> 3);
    if (behind !== 0) removeRecord(x as SizeIndex, other, behind >>> 3);
  } else {
    if (behind !== 0) shrinkPlace(x as ListIndex, other, 0);
    if (before === 0) appendPlace(m, x as ListIndex, block, free >>> 3);
    else growPlace(x as ListIndex, entry, free >>> 3);
  }
  return true;
}
