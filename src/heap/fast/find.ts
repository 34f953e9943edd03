// Searches that go the long way: by index where there is one, else as the C code does.
import { sizeOf } from "../block.ts";
import { bufGetPos } from "../buf_get_pos.ts";
import { forward } from "../freelist.ts";
import { HEAD, type Heap } from "../heap.ts";
import { search } from "../search.ts";
import { buildIndex } from "./build_index.ts";
import { knows } from "./changed.ts";
import { blockOf, entryOf } from "./entries.ts";
import { findAligned } from "./find_aligned.ts";
import type { FastFinder } from "./finder.ts";
import type { FreeIndex } from "./index_state.ts";
import { findEntry, noteLongScan } from "./quick_search.ts";

/** The block that a request of `size` bytes, headers included, gets, or HEAD. */
export function find(h: Heap, f: FastFinder, align: number, extra: number, size: number): number {
  if (f.index === null && f.lookup === "index") buildIndex(h, f);
  const x = f.index;
  if (x !== null) {
    const found = findByIndex(h, f, x, align, extra, size);
    if (found === HEAD || isThere(h, x, found, align, extra, size)) return found;
    f.index = null;
  }
  const found = search(h, align, extra, size);
  // A heap with short ways counts the steps of those. A debug build looks at all blocks anyway and has no index by itself.
  if (f.word === 0 && f.lookup === "auto" && !h.freeWipe) noteLongScan(h, f, stepsTo(h, found));
  return found;
}

/** `size` is compared before it becomes quanta: beyond 32 bits those would be others. */
function findByIndex(h: Heap, f: FastFinder, x: FreeIndex, align: number, extra: number, size: number): number {
  if (size > h.memory.bytes.length) return HEAD;
  if (align !== h.geometry.quantum) return findAligned(h, x, align, extra, size);
  const entry = findEntry(h, f, x, size >> x.quantumShift);
  return entry < 0 ? HEAD : blockOf(x, entry);
}

/** True if the bytes agree with the index on a block, and that it fits. */
function isThere(h: Heap, x: FreeIndex, block: number, align: number, extra: number, size: number): boolean {
  const free = sizeOf(h.memory, block);
  return knows(x, entryOf(x, block), block, free) && bufGetPos(h, block, free, align, extra, size) >= 0;
}

/** How many blocks a scan looked at that found this one: best fit looks at all. */
function stepsTo(h: Heap, found: number): number {
  let steps = 0;
  for (let block = h.headForward; block !== HEAD && (h.bestFit || block !== found); block = forward(h, block)) steps++;
  return steps;
}
