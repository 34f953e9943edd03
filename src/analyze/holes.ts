// Measures the free memory of a heap: number, sum and largest of its free blocks.
import type { PoolWalk } from "../heap/walk.ts";

/** How the free memory of a heap lies. Bytes with block headers. */
export interface Holes {
  readonly count: number;
  readonly free: number;
  /** 0 if nothing is free. */
  readonly largest: number;
  /** Largest payload that still fits: the largest hole less one block header, 0 at least. */
  readonly largestRequest: number;
}

/** Counts the free blocks of some pools. `header` is the size of a block header plus that of a leak header, if any. */
export function holesOf(walks: readonly PoolWalk[], header: number): Holes {
  let count = 0;
  let free = 0;
  let largest = 0;
  for (const { blocks } of walks) {
    for (const block of blocks) {
      if (!block.free) continue;
      count++;
      free += block.size;
      largest = Math.max(largest, block.size);
    }
  }
  return { count, free, largest, largestRequest: Math.max(0, largest - header) };
}
