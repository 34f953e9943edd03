// The block header of OP-TEE 4.0.0 lib/libutils/isoc/bget.c: two words, then (in a free block) two links.
import { load, type Memory, store } from "./memory.ts";

/** Size of the free block before this one, or 0 if that is allocated. */
export function previousFree(m: Memory, block: number): number {
  return load(m, block);
}

export function setPreviousFree(m: Memory, block: number, size: number): void {
  store(m, block, size);
}

/** Size of the block with its header: positive free, negative allocated, 0 acquired directly, the sentinel at the end. */
export function sizeOf(m: Memory, block: number): number {
  return load(m, block + m.geometry.word);
}

export function setSize(m: Memory, block: number, size: number): void {
  store(m, block + m.geometry.word, size);
}

/** True for the header that ends a pool. Compares the bytes: near the sentinel a number is not exact. */
export function isSentinel(m: Memory, block: number): boolean {
  if (sizeOf(m, block) !== m.geometry.sentinel) return false;
  return !m.wide || m.view.getInt32(block + m.geometry.word, true) === 0;
}
