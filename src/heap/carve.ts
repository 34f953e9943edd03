// Mirrors how bget of OP-TEE 4.0.0 lib/libutils/isoc/bget.c splits a free block.
import { previousFree, setPreviousFree, setSize, sizeOf } from "./block.ts";
import { bufGetPos } from "./buf_get_pos.ts";
import { updateSquares } from "./free_squares.ts";
import { append, expectLinked, remove, resize } from "./freelist.ts";
import { HEAD, type Heap } from "./heap.ts";
import { panic } from "./panic.ts";

/**
 * Allocates `size` bytes of the free block that a search found; what is left behind them becomes a free block of its own.
 * Returns the buffer, or 0 if that was HEAD.
 */
export function carve(h: Heap, block: number, align: number, extra: number, size: number): number {
  if (block === HEAD) return 0;
  const m = h.memory;
  const g = h.geometry;
  const free = sizeOf(m, block);
  const at = bufGetPos(h, block, free, align, extra, size);
  const next = block + free;
  const taken = block + at;
  let length = free - at;
  if (previousFree(m, next) !== free) panic("bget", block, "the block behind disagrees on the size of this free block");
  setPreviousFree(m, next, 0);
  expectLinked(h, block, "bget");
  if (at === 0) {
    remove(h, block);
  } else {
    setPreviousFree(m, taken, at);
    resize(h, block, at);
  }
  updateSquares(h, free, 0, at);
  const rest = length - size;
  if (rest > g.quantum + g.header) {
    length = size;
    const tail = taken + size;
    setSize(m, taken, -length);
    setSize(m, tail, rest);
    setPreviousFree(m, tail, 0);
    append(h, tail, rest, "bget");
    setPreviousFree(m, next, rest);
    updateSquares(h, 0, 0, rest);
  } else {
    setSize(m, taken, -length);
  }
  h.allocated += length;
  h.gets++;
  return taken + g.header;
}
