// Mirrors buf_get_pos of OP-TEE 4.0.0 lib/libutils/isoc/bget.c.
import type { Heap } from "./heap.ts";

/**
 * Where in a free block the allocated one would begin: as far back as the alignment lets it, at the very front or
 * behind room for an empty block. Negative if it does not fit. `free` is the block's size, `size` at most that.
 */
export function bufGetPos(h: Heap, block: number, free: number, align: number, extra: number, size: number): number {
  const g = h.geometry;
  const room = free - size;
  const payload = block + room + g.header + extra;
  const base = h.memory.base;
  const over = align <= 0x40000000 ? (payload + (base & (align - 1))) & (align - 1) : (payload + base) % align;
  const at = room - over;
  return at === 0 || at >= g.quantum + g.header ? at : -1;
}
