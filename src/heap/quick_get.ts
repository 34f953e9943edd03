// The short way of bget for 8-byte words: requests without special alignment in a heap that is sound where they touch it.
// It does what bget.ts does, and hands over to it, before anything is written, at the first doubt.
import * as index from "./free_index.ts";
import { HEAD, type Heap } from "./heap.ts";
import type { ListIndex, SizeIndex } from "./index_state.ts";
import * as places from "./list_index.ts";
import * as firstFit from "./list_search.ts";
import * as scans from "./quick_scan.ts";
import * as taking from "./quick_take.ts";
import * as bestFit from "./size_search.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { trustedIndex } = index;
const { blockAt, placeOf } = places;
const { findFirst } = firstFit;
const { neededIndex, noteFound, scan } = scans;
const { LONG_WAY, quickTake } = taking;
const { findBest } = bestFit;

/** Allocates a block of `size` bytes, headers included, multiple of 16. Returns the buffer, 0 or LONG_WAY. */
export function quickGet(h: Heap, size: number): number {
  const x = trustedIndex(h) ?? neededIndex(h);
  if (x === null) return getByScan(h, size);
  if (h.bestFit === true) {
    const record = findBest(x as SizeIndex, size >>> 4);
    return record < 0 ? 0 : quickTake(h, record << 1, size, record);
  }
  const place = findFirst(h.memory, x as ListIndex, size >>> 4);
  if (place < 0) return 0;
  noteFound(h, x as ListIndex, place);
  return quickTake(h, blockAt(x as ListIndex, place), size, place);
}

function getByScan(h: Heap, size: number): number {
  const block = scan(h, size);
  if (block < 0) return block === HEAD ? 0 : LONG_WAY;
  // Perhaps the scan was one too many.
  const x = h.index;
  if (x === null) return quickTake(h, block, size, 0);
  return quickTake(h, block, size, h.bestFit ? block >>> 1 : placeOf(x as ListIndex, block));
}
