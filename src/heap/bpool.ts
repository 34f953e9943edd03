// Mirrors bpool of OP-TEE 4.0.0 lib/libutils/isoc/bget.c.
import { assert } from "../base/assert.ts";
import { roundDown } from "../base/integer.ts";
import { setPreviousFree, setSize } from "./block.ts";
import { updateSquares } from "./free_squares.ts";
import { append } from "./freelist.ts";
import type { Heap } from "./heap.ts";

/** What freed memory is filled with by FreeWipe and free_wipe. */
export const WIPE = 0x55;

/**
 * Gives the allocator `length` bytes (rounded down to the quantum) from offset `at`: one free block at the tail of the
 * list, and a sentinel header at the end. The caller sees to it that both fit and nothing else lies there.
 */
export function bpool(h: Heap, at: number, length: number): void {
  const m = h.memory;
  const g = h.geometry;
  const whole = roundDown(length, g.quantum);
  assert(whole >= g.header + g.freeHeader && at >= 0 && at + whole <= m.bytes.length, "a pool lies in the memory");
  h.poolSize = h.poolSize === 0 || h.poolSize === whole ? whole : -1;
  h.poolGets++;
  h.pools++;
  const free = whole - g.header;
  setPreviousFree(m, at, 0);
  append(h, at, free, "bpool");
  setSize(m, at, free);
  updateSquares(h, 0, 0, free);
  if (h.freeWipe) m.bytes.fill(WIPE, at + g.freeHeader, at + free);
  setPreviousFree(m, at + free, free);
  setSize(m, at + free, g.sentinel);
}
