// The free list in words, for the short ways: no panics, every doubt is WILD or false.
import { HEAD, type Heap } from "./heap.ts";

/** A link to where no header of a free block can be. */
export const WILD = -2;

/** The free block (or HEAD, or WILD) that the link in word `i` leads to. */
export function quickLink(h: Heap, w: Int32Array, i: number): number {
  const low = w[i] as number;
  if (h.memory.wide) {
    const high = w[i + 1] as number;
    if (low === h.headLow && high === h.headHigh) return HEAD;
    if (high !== h.baseHigh) return WILD;
  } else if (low === h.headLow) return HEAD;
  return quickBlock(h, (low - h.baseLow) | 0);
}

/** The offset itself if a free block can be there, else WILD. */
export function quickBlock(h: Heap, block: number): number {
  return (block & 3) === 0 && block >= 0 && block <= h.memory.lastFree ? block : WILD;
}
