// The index for searches that go the long way, as those of heaps without short ways do: heap.ts says which have them.
import { blockOf } from "./entries.ts";
import { buildIndex, findAligned } from "./free_index.ts";
import { HEAD, type Heap } from "./heap.ts";
import type { FreeIndex } from "./index_state.ts";
import { findEntry, noteLongScan } from "./quick_search.ts";

/** The index that a heap without one is always to have; null if it is not, or the bytes are not sound. */
export function indexWanted(h: Heap): FreeIndex | null {
  if (h.lookup === "index") buildIndex(h);
  return h.index;
}

/** The block that a request of `size` bytes, headers included, gets, or HEAD. */
export function findByIndex(h: Heap, x: FreeIndex, align: number, extra: number, size: number): number {
  if (align !== h.geometry.quantum) return findAligned(h, x, align, extra, size);
  // Beyond 32 bits its quanta would be others.
  const entry = size > h.memory.bytes.length ? -1 : findEntry(h, x, size >> x.quantumShift);
  return entry < 0 ? HEAD : blockOf(x, entry);
}

/** A scan took so many steps. A debug build looks at all blocks anyway and has no index by itself. */
export function noteSteps(h: Heap, steps: number): void {
  if (h.lookup === "auto" && !h.freeWipe) noteLongScan(h, steps);
}
