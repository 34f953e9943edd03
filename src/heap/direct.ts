// Buffers too large for an expansion pool, after BGET's direct blocks (OP-TEE 4.0.0 lib/libutils/isoc/bget.c).
import { assert } from "../base/assert.ts";
import { roundUp } from "../base/integer.ts";
import { setPreviousFree, setSize, sizeOf } from "./block.ts";
import { WIPE } from "./bpool.ts";
import type { Heap } from "./heap.ts";
import { load, store } from "./memory.ts";
import { panic } from "./panic.ts";

// The memory is one, so a direct block lies somewhere in it, outside of all pools.
// A direct block has two more words in front of its header (whose size is 0): bytes acquired, offset of the header.

/** Acquires a buffer of its own. `size` is what a block in a pool would take. Returns its offset, or 0. */
export function getDirect(
  h: Heap,
  acquire: (size: number) => number,
  align: number,
  extra: number,
  size: number,
): number {
  const g = h.geometry;
  const m = h.memory;
  const front = directHeader(h);
  const total = size + front - g.header + (align > g.quantum ? align : 0);
  const at = expand(h, acquire, total);
  if (at === 0) return 0;
  const payload = roundUp(m.base + at + front + extra, align) - m.base;
  const buffer = payload - extra;
  store(m, buffer - front, total);
  store(m, buffer - front + g.word, buffer - front - at);
  setPreviousFree(m, buffer - g.header, 0);
  setSize(m, buffer - g.header, 0);
  h.allocated += total;
  h.gets++;
  h.directGets++;
  return buffer;
}

/** Asks for `size` bytes. Returns their offset, or 0. What is no place for them is a bug of the caller's `acquire`. */
export function expand(h: Heap, acquire: (size: number) => number, size: number): number {
  const at = acquire(size);
  if (at === 0) return 0;
  const { base, bytes } = h.memory;
  assert(at > 0 && at + size <= bytes.length, "what is acquired lies in the memory");
  assert((base + at) % h.geometry.quantum === 0, "what is acquired is aligned to the quantum");
  return at;
}

/** Gives a direct buffer back to where it came from. */
export function releaseDirect(h: Heap, buffer: number, wipe: boolean): void {
  const m = h.memory;
  const front = buffer - directHeader(h);
  if (load(m, buffer - h.geometry.header) !== 0)
    panic("brel", buffer - h.geometry.header, "header of a direct block is damaged");
  const total = load(m, front);
  const start = front - load(m, front + h.geometry.word);
  if (!(start >= 0 && start <= front && total >= buffer - start && start + total <= m.bytes.length))
    panic("brel", buffer - h.geometry.header, "header of a direct block is damaged");
  h.allocated -= total;
  if (h.allocated < 0) panic("brel", buffer - h.geometry.header, "more is released than was allocated");
  h.directReleases++;
  if (wipe) m.bytes.fill(WIPE, buffer, start + total);
  const { release } = h.expansion;
  if (release === null) panic("brel", buffer - h.geometry.header, "a direct block, and nobody to release it to");
  else release(start);
}

/** Bytes a buffer can hold, from the offset that `bget` returned: what was asked for, rounded up, and any slack. */
export function capacity(h: Heap, buffer: number): number {
  const g = h.geometry;
  const size = -sizeOf(h.memory, buffer - g.header);
  if (size !== 0 || !hasDirect(h)) return size - g.header;
  const front = buffer - directHeader(h);
  return load(h.memory, front) - directHeader(h) - load(h.memory, front + g.word);
}

/** True while a block of size 0 can be a direct one. */
export function hasDirect(h: Heap): boolean {
  return h.directGets !== h.directReleases;
}

function directHeader(h: Heap): number {
  return 2 * h.geometry.header;
}
