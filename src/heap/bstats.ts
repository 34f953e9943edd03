// Mirrors bstats of OP-TEE 4.0.0 lib/libutils/isoc/bget.c.
import { sizeOf } from "./block.ts";
import { forward } from "./freelist.ts";
import { HEAD, type Heap } from "./heap.ts";
import { panic } from "./panic.ts";

/** Figures of one heap, bytes with block headers. */
export interface HeapStats {
  readonly allocated: number;
  readonly free: number;
  /** Largest free block with its header, -1 if the list is empty. A request of this less one header fits. */
  readonly largestFree: number;
  /** Successful gets, and releases. */
  readonly gets: number;
  readonly releases: number;
}

/** Walks the free list and adds up. Panics on a block in the list that is not free. */
export function bstats(h: Heap): HeapStats {
  let free = 0;
  let largestFree = -1;
  let limit = h.memory.bytes.length / h.geometry.freeHeader + 2;
  for (let block = h.headForward; block !== HEAD; block = forward(h, block)) {
    const size = sizeOf(h.memory, block);
    if (!(size > 0)) panic("bstats", block, "a block in the free list is not free");
    free += size;
    if (size > largestFree) largestFree = size;
    if (--limit < 0) panic("bstats", block, "the free list runs in a circle");
  }
  return { allocated: h.allocated, free, largestFree, gets: h.gets, releases: h.releases };
}

/** Sum of the squared sizes in bytes of all free blocks, as OP-TEE reports it since 4.6 (`free2_sum`), kept incrementally. */
export function freeSquareSum(h: Heap): bigint {
  const q = BigInt(h.geometry.quantum);
  const quanta = h.freeSquares;
  return Number.isInteger(quanta) ? BigInt(quanta) * q * q : BigInt(quanta * h.geometry.quantum ** 2);
}
