// Mirrors how bget of OP-TEE 4.0.0 lib/libutils/isoc/bget.c searches the free list, in both of its builds.
import { previousFree, sizeOf } from "./block.ts";
import { bufGetPos } from "./buf_get_pos.ts";
import { forward } from "./freelist.ts";
import { HEAD, type Heap } from "./heap.ts";
import { panic } from "./panic.ts";

/** The free block that a request of `size` bytes, headers included, gets; HEAD if none fits. */
export function search(h: Heap, align: number, extra: number, size: number): number {
  return h.bestFit ? bestFit(h, align, extra, size) : firstFit(h, align, extra, size);
}

function firstFit(h: Heap, align: number, extra: number, size: number): number {
  let limit = h.memory.blockLimit;
  for (let block = h.headForward; block !== HEAD; block = forward(h, block)) {
    const free = sizeOf(h.memory, block);
    if (free >= size && bufGetPos(h, block, free, align, extra, size) >= 0) return block;
    if (--limit < 0) panic("bget", block, "the free list runs in a circle");
  }
  return HEAD;
}

/** Of several that are as small the first. */
function bestFit(h: Heap, align: number, extra: number, size: number): number {
  let best = HEAD;
  let least = Number.POSITIVE_INFINITY;
  let limit = h.memory.blockLimit;
  for (let block = h.headForward; block !== HEAD; block = forward(h, block)) {
    if (previousFree(h.memory, block) !== 0) panic("bget", block, "two free blocks lie side by side");
    const free = sizeOf(h.memory, block);
    if (free >= size && free < least && bufGetPos(h, block, free, align, extra, size) >= 0) {
      best = block;
      least = free;
    }
    if (--limit < 0) panic("bget", block, "the free list runs in a circle");
  }
  return best;
}
