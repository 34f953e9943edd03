// Lets a heap go on in other bytes that hold the same: a buffer that has grown.
import type { Heap } from "../heap.ts";
import { createMemory } from "../memory.ts";
import { addFinder } from "./add_finder.ts";
import { finderOf } from "./finder.ts";

/**
 * Puts a heap over `bytes`, which begin with all that its memory held and may go on behind it. Offsets, links and counters stay;
 * the index is built anew when it pays.
 */
export function moveMemory(h: Heap, bytes: Uint8Array): void {
  const lookup = finderOf(h)?.lookup ?? "scan";
  const { base, geometry } = h.memory;
  // Assigned, so that all heaps have the same shape.
  Object.assign(h, { memory: createMemory(bytes, { word: geometry.word, base }) });
  addFinder(h, lookup);
}
