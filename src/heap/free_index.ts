// An index over the free list: finds in logarithmic time what the C code finds by looking at one block after the other.
// For best fit that is one by size, for first fit one in the order of the list.
import { previousFree, sizeOf } from "./block.ts";
import { findRing, LAST_RING, ringOf } from "./class_bits.ts";
import { blockOf, entryOf } from "./entries.ts";
import { forward, holdsLinks, isLinked } from "./freelist.ts";
import { HEAD, type Heap } from "./heap.ts";
import type { FreeIndex, ListIndex, SizeIndex } from "./index_state.ts";
import { createListIndex, growPlace, MANY, shrinkPlace, sizeAt } from "./list_index.ts";
import { findFrom } from "./list_search.ts";
import { appendPlace } from "./places.ts";
import { position } from "./position.ts";
import { createSizeIndex, enterLast, remove, resize } from "./size_index.ts";
import { isBetter, recordsOf } from "./size_search.ts";

/** Takes the index away, as long as a panic can leave the list half changed. Null if there is none. */
export function withoutIndex(h: Heap): FreeIndex | null {
  const x = h.index;
  h.index = null;
  return x;
}

/**
 * Drops the index. Call it after writing to the bytes of a heap elsewhere than in live payloads, and after putting a heap
 * back to an earlier state: the next search reads all blocks as they now are.
 */
export function forgetIndex(h: Heap): void {
  h.index = null;
}

/** Builds the index from the bytes; none if anything in the list is not as it should be: then only a scan is right. */
export function buildIndex(h: Heap): void {
  forgetIndex(h);
  const m = h.memory;
  const limit = m.blockLimit;
  let count = 0;
  for (let block = h.headForward; block !== HEAD; block = forward(h, block)) {
    if (++count > limit || !isSound(h, block)) return;
  }
  const x = h.bestFit ? createSizeIndex(m.bytes.length, m.wide) : createListIndex(m.bytes.length, m.wide);
  for (let block = h.headForward; block !== HEAD; block = forward(h, block)) {
    indexAppended(h, x, block, sizeOf(m, block));
  }
  h.index = x;
}

/** The block that an aligned request of `size` bytes gets, or HEAD. Tries one after the other those that are large enough. */
export function findAligned(h: Heap, x: FreeIndex, align: number, extra: number, size: number): number {
  // Beyond 32 bits its quanta would be others.
  if (size > h.memory.bytes.length) return HEAD;
  const fits = (block: number): boolean => {
    const free = sizeOf(h.memory, block);
    return free >= size && position(h, block, free, align, extra, size) >= 0;
  };
  return x.kind === "size" ? bestWhere(h, x, size, fits) : firstWhere(h, x, size, fits);
}

function firstWhere(h: Heap, x: ListIndex, size: number, fits: (block: number) => boolean): number {
  const quanta = size >> x.quantumShift;
  for (let place = 0; ; place++) {
    place = findFrom(h.memory, x, place, quanta, true);
    if (place < 0) return HEAD;
    if (fits(blockOf(x, place))) return blockOf(x, place);
  }
}

function bestWhere(h: Heap, x: SizeIndex, size: number, fits: (block: number) => boolean): number {
  let ring = findRing(x.words, ringOf(size >> x.quantumShift));
  for (; ring >= 0; ring = ring < LAST_RING ? findRing(x.words, ring + 4) : -1) {
    let best = -1;
    for (const record of recordsOf(x, ring)) {
      if ((best < 0 || isBetter(h.memory, x, record, best)) && fits(blockOf(x, record))) best = record;
    }
    if (best >= 0) return blockOf(x, best);
  }
  return HEAD;
}

/** True if the index knows of a free block of `size` bytes there. */
export function indexKnows(x: FreeIndex, block: number, size: number): boolean {
  const quanta = size >> x.quantumShift;
  const entry = entryOf(x, block);
  if (blockOf(x, entry) !== block) return false;
  return x.kind === "size" || (entry < x.end && sizeAt(x, entry) === Math.min(quanta, MANY));
}

/** A block of `size` bytes went to the tail of the list; its size stands in the bytes. */
export function indexAppended(h: Heap, x: FreeIndex, block: number, size: number): void {
  const quanta = size >> x.quantumShift;
  if (x.kind === "size") enterLast(x, block, quanta);
  else appendPlace(h.memory, x, block, quanta);
}

/** A block of `size` bytes left the list. */
export function indexRemoved(x: FreeIndex, block: number, size: number): void {
  if (x.kind === "size") remove(x, entryOf(x, block), size >> x.quantumShift);
  else shrinkPlace(x, entryOf(x, block), 0);
}

/** A block of `from` bytes grew or shrank to `to`, and stays where it is in the list; its size stands in the bytes. */
export function indexResized(x: FreeIndex, block: number, from: number, to: number): void {
  const quanta = to >> x.quantumShift;
  if (x.kind === "size") resize(x, entryOf(x, block), from >> x.quantumShift, quanta);
  else if (to < from) shrinkPlace(x, entryOf(x, block), quanta);
  else growPlace(x, entryOf(x, block), quanta);
}

function isSound(h: Heap, block: number): boolean {
  const m = h.memory;
  const { quantum } = m.geometry;
  if (!holdsLinks(h, block) || (m.base + block) % quantum !== 0 || (block & 3) !== 0) return false;
  const size = sizeOf(m, block);
  return (
    size > 0 &&
    size % quantum === 0 &&
    block + size <= m.lastHeader &&
    isLinked(h, block) &&
    previousFree(m, block) === 0 &&
    previousFree(m, block + size) === size
  );
}
