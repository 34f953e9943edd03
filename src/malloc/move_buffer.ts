// Mirrors how raw_realloc of OP-TEE 4.0.0, and raw_malloc_flags since 4.6, move a buffer: lib/libutils/isoc/bget_malloc.c.
import { bget, bgetz } from "../heap/bget.ts";
import { brel } from "../heap/brel.ts";
import { bufferSize } from "./buffer_size.ts";
import type { MallocContext } from "./context.ts";

/**
 * Moves a buffer to a new one of `request` bytes, leak header and footer included; `zero` zeroes what is added. 0 as `old`
 * just allocates, which malloc_flags zeroes, too. Returns 0, the old one untouched, if nothing fits.
 */
export function moveBuffer(
  { heap, hasMallocFlags }: MallocContext,
  old: number,
  request: number,
  zero: boolean,
): number {
  const moved = old === 0 && zero && hasMallocFlags ? bgetz(heap, 0, 0, request) : bget(heap, 0, 0, request);
  if (moved === 0 || old === 0) return moved;
  const room = bufferSize(heap, old);
  const { bytes } = heap.memory;
  bytes.copyWithin(moved, old, old + Math.min(room, request));
  if (zero && request > room) bytes.fill(0, moved + room, moved + request);
  brel(heap, old, false);
  return moved;
}
