// Mirrors bpoolv of OP-TEE 4.0.0 lib/libutils/isoc/bget.c.
import { isSentinel, sizeOf } from "./block.ts";
import { overstored } from "./check.ts";
import { isLinked } from "./freelist.ts";
import type { Heap } from "./heap.ts";
import { panic } from "./panic.ts";

/**
 * Validates a pool as the C code does: sizes, free-list links and, with FreeWipe, the contents of free blocks. Panics at
 * the first error. `checkHeap` finds more, and does not panic.
 */
export function bpoolv(h: Heap, pool: number): void {
  const m = h.memory;
  for (let block = pool; !isSentinel(m, block); ) {
    const size = sizeOf(m, block);
    if (size === 0) panic("bpoolv", block, "block size is 0");
    if (size > 0) {
      if (!isLinked(h, block)) panic("bpoolv", block, "free-list links are broken");
      if (h.freeWipe && overstored(m, block, size) >= 0)
        panic("bpoolv", block, "contents of a free block have been overstored");
    }
    block += Math.abs(size);
  }
}
