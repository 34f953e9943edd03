// The short way of brel for 8-byte words: blocks of pools that stay, in a heap that is sound where they touch it. It does
// what brel.ts does, and hands over to it, before anything is written, at the first doubt. See quick_get.ts.
import type { Heap } from "../heap.ts";
import * as heaps from "../heap.ts";
import type { FastFinder } from "./finder.ts";
import type { ListIndex, SizeIndex } from "./index_state.ts";
import * as places from "./list_index.ts";
import * as order from "./places.ts";
import * as ranges from "./ranges.ts";
import * as rings from "./size_index.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { HEAD } = heaps;
const { growPlace, shrinkPlace } = places;
const { appendPlace } = order;
const { enterLast, removeRecord, resizeRecord } = rings;
const { M, OUTSIDE, SQUARES } = ranges;

/**
 * Releases a buffer without wiping. False if nothing was done: the long way has to.
 * Long: calls between its steps would cost more than the steps.
 */
export function quickRelease(h: Heap, f: FastFinder, buffer: number): boolean {
  const m = h.memory;
  const { view } = m;
  const block = (buffer - 16) & M;
  // Also true for what is no number.
  if (block !== buffer - 16 || block > m.lastFree) return false;
  const size = (0 - view.getInt32(block + 8, true)) | 0;
  if ((((block - m.phase) | size) & 15) !== 0 || size < 32) return false;
  const allocated = (h.allocated - size) | 0;
  if (allocated < 0) return false;
  if (size > ((m.lastHeader - block) | 0)) return false;
  const end = (block + size) & M;
  const wrong =
    view.getInt32(end, true) |
    view.getInt32(end + 4, true) |
    view.getInt32(block + 4, true) |
    (view.getInt32(block + 12, true) + 1);
  if (wrong !== 0) return false;
  const x = f.index;

  // The block before: free, or allocated, so that this one goes to the tail of the list.
  const before = view.getInt32(block, true);
  const front = (block - before) & M;
  // What the index has it as, a record or a place. entryOf() and blockOf() written out: V8 does not make what is rarely
  // called a part of this, and forgets at the call all that it knows of objects.
  let entry = 0;
  if (before !== 0) {
    if (before < 32 || before > block || (before & 15) !== 0) return false;
    if (view.getInt32(front + 8, true) !== before || view.getInt32(front + 12, true) !== 0) return false;
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
      if (view.getInt32(i + 16, true) !== f.headLow || view.getInt32(i + 20, true) !== f.high) return false;
      if (view.getInt32(j + 24, true) !== f.headLow || view.getInt32(j + 28, true) !== f.high) return false;
    }
  }

  // The block behind: allocated or a sentinel, or free, so that it leaves the list.
  const { words } = m;
  let free = (before + size) | 0;
  let after = end;
  let behind = 0;
  let other = 0;
  if (view.getInt32(end + 12, true) >= 0) {
    behind = view.getInt32(end + 8, true);
    if (view.getInt32(end + 12, true) !== 0 || behind < 32 || (behind & 15) !== 0) return false;
    if (behind > ((m.lastHeader - end) | 0)) return false;
    after = (end + behind) & M;
    if (view.getInt32(after, true) !== behind || view.getInt32(after + 4, true) !== 0) return false;
    if (view.getInt32(after + 12, true) >= 0) return false;
    const own = (f.baseLow + end) | 0;
    const toLow = view.getInt32(end + 16, true);
    const fromLow = view.getInt32(end + 24, true);
    let from = (fromLow - f.baseLow) | 0;
    let to = (toLow - f.baseLow) | 0;
    if ((from & OUTSIDE) === 0 && from <= m.lastFree) {
      const i = from & M;
      if (view.getInt32(i + 16, true) !== own || view.getInt32(i + 20, true) !== f.high) return false;
      if (view.getInt32(end + 28, true) !== f.high) return false;
    } else {
      from = HEAD;
      if (fromLow !== f.headLow || view.getInt32(end + 28, true) !== f.high || h.headForward !== end) return false;
    }
    if ((to & OUTSIDE) === 0 && to <= m.lastFree) {
      const i = to & M;
      if (view.getInt32(i + 24, true) !== own || view.getInt32(i + 28, true) !== f.high) return false;
      if (view.getInt32(end + 20, true) !== f.high) return false;
    } else {
      to = HEAD;
      if (toLow !== f.headLow || view.getInt32(end + 20, true) !== f.high || h.headBack !== end) return false;
    }
    if (x !== null) {
      other = x.words[x.entries + (end >>> x.entryShift)] as number;
      if (x.words[x.blocks + other] !== end) return false;
    }
    // From here on there is no way back.
    if (from < 0) h.headForward = to;
    else words[((from & M) >>> 2) + 4] = toLow;
    if (to >= 0) words[((to & M) >>> 2) + 6] = fromLow;
    else {
      h.headBack = from;
      // The C code appends first, so what was the last block has a link to this one when it leaves the list.
      if (before === 0) {
        words[(end >>> 2) + 4] = own - size;
        words[(end >>> 2) + 5] = f.high;
      }
    }
    free = (free + behind) | 0;
  }

  h.allocated = allocated;
  h.releases++;
  words[after >>> 2] = free;
  const quanta = free >>> 4;
  // (a + s + b)² - a² - b² = s (s + 2a + 2b) + 2ab
  h.freeSquares += size * SQUARES * (free + before + behind);
  if (before !== 0) {
    if (behind !== 0) h.freeSquares += before * SQUARES * 2 * behind;
    words[(front >>> 2) + 2] = free;
  } else {
    const { high } = f;
    const tail = h.headBack;
    const i = block >>> 2;
    words[i + 2] = free;
    words[i + 3] = 0;
    words[i + 4] = f.headLow;
    words[i + 5] = high;
    h.headBack = block;
    if (tail < 0) {
      h.headForward = block;
      words[i + 6] = f.headLow;
      words[i + 7] = high;
    } else {
      words[i + 6] = (f.baseLow + tail) | 0;
      words[i + 7] = high;
      // Its link to the list head has the same upper word.
      words[((tail & M) >>> 2) + 4] = (f.baseLow + block) | 0;
    }
  }
  if (x === null) return true;
  // Last, since what is called for the index makes V8 forget all that it knows of objects. For rings the order of the two
  // makes no difference.
  if (h.bestFit === true) {
    if (before === 0) enterLast(x as SizeIndex, block, quanta);
    else resizeRecord(x as SizeIndex, entry, before >>> 4, quanta);
    if (behind !== 0) removeRecord(x as SizeIndex, other, behind >>> 4);
  } else {
    if (behind !== 0) shrinkPlace(x as ListIndex, other, 0);
    if (before === 0) appendPlace(m, x as ListIndex, block, quanta);
    else growPlace(x as ListIndex, entry, quanta);
  }
  return true;
}
