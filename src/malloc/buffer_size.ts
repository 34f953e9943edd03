// Mirrors bget_buf_size of OP-TEE lib/libutils/isoc/bget_malloc.c.
import { capacity } from "../heap/direct.ts";
import type { Heap } from "../heap/heap.ts";
import { panic } from "../heap/panic.ts";

/** Bytes that the block of a buffer has behind its header. Panics unless there are any. */
export function bufferSize(h: Heap, buffer: number): number {
  const room = capacity(h, buffer);
  if (!(room > 0)) panic("bget_buf_size", buffer - h.geometry.header, "a block has no room for a payload");
  return room;
}
