// Mirrors update_free2_sum of OP-TEE 4.6 lib/libutils/isoc/bget.c: the sum of the squared sizes of all free blocks.
import { square } from "../base/integer.ts";
import { sizeOf } from "./block.ts";
import { forward } from "./freelist.ts";
import { HEAD, type Heap } from "./heap.ts";
import { panic } from "./panic.ts";

/** Sizes below this can be squared and summed as numbers. */
const MODERATE = 2 ** 31;

/** Counts free blocks that went and one that came, in bytes; 0 for none. Where the heap sums its free list, it is compared. */
export function updateSquares(h: Heap, removed: number, alsoRemoved: number, added: number): void {
  // A power of two: exact, and one division instead of three.
  const quanta = 1 / h.geometry.quantum;
  h.freeSquares += square(added * quanta) - square(removed * quanta) - square(alsoRemoved * quanta);
  if (h.sumsFreeList && !isAsCounted(h))
    panic("update_free2_sum", h.headForward, "the free blocks are not those that were counted");
}

/** Whether the sizes in the free list are as counted, modulo 2^64 as in C. */
function isAsCounted(h: Heap): boolean {
  const q = h.geometry.quantum;
  let left = h.memory.blockLimit;
  let sum = 0;
  let moderate = true;
  for (let block = h.headForward; block !== HEAD; block = forward(h, block)) {
    if (--left < 0) panic("update_free2_sum", block, "the free list runs in a circle");
    const size = sizeOf(h.memory, block);
    if (!(Math.abs(size) < MODERATE)) moderate = false;
    sum += square(size / q);
  }
  return moderate ? sum === h.freeSquares : wideSum(h) === BigInt.asUintN(64, BigInt(h.freeSquares) * BigInt(q * q));
}

function wideSum(h: Heap): bigint {
  const { view, wide, geometry } = h.memory;
  let sum = 0n;
  for (let block = h.headForward; block !== HEAD; block = forward(h, block)) {
    const at = block + geometry.word;
    const size = wide ? view.getBigInt64(at, true) : BigInt(view.getInt32(at, true));
    sum += size * size;
  }
  return BigInt.asUintN(64, sum);
}
