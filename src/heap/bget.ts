// Mirrors bget, bgetz and bgetr of OP-TEE 4.0.0 lib/libutils/isoc/bget.c.
import { isPowerOfTwo, roundDown } from "../base/integer.ts";
import { bpool } from "./bpool.ts";
import { brel } from "./brel.ts";
import { carve } from "./carve.ts";
import { capacity, expand, getDirect } from "./direct.ts";
import type { Heap } from "./heap.ts";
import { neededSize } from "./needed_size.ts";
import { panic } from "./panic.ts";
import { search } from "./search.ts";

/** What is zeroed word by word. */
const FEW_BYTES = 128;

/**
 * Allocates a buffer.
 * @param align alignment in bytes of what follows the extra header; 0 or a power of two
 * @param extra bytes of an extra header in front, a multiple of the quantum
 * @param request bytes behind the extra header, more than 0
 * @returns offset of the extra header, or 0 if nothing fits
 */
export function bget(h: Heap, align: number, extra: number, request: number): number {
  const g = h.geometry;
  if (!(request > 0)) panic("bget", 0, "a request is larger than 0 bytes");
  if (align !== 0 && (align < 0 || align > g.longMax / 2 + 1 || !isPowerOfTwo(align))) return 0;
  if (extra % g.quantum !== 0) return 0;
  const alignment = align < g.quantum ? g.quantum : align;
  const size = neededSize(g, extra, request);
  // What C cannot hold: one more than LONG_MAX, of which the sentinel is the negative.
  if (size >= -g.sentinel) return 0;

  let buffer = attempt(h, alignment, extra, size);
  const { compact, acquire } = h.expansion;
  for (let sequence = 1; buffer === 0 && compact !== null && compact(size, sequence); sequence++) {
    buffer = attempt(h, alignment, extra, size);
  }
  if (buffer !== 0 || acquire === null) return buffer;

  if (!fitsExpansion(h, alignment, size)) return getDirect(h, acquire, alignment, extra, size);
  const pool = expand(h, acquire, h.expansion.increment);
  if (pool === 0) return 0;
  bpool(h, pool, h.expansion.increment);
  return attempt(h, alignment, extra, size);
}

/** Like `bget`, and zeroes the whole buffer, not only what was asked for. */
export function bgetz(h: Heap, align: number, extra: number, request: number): number {
  const buffer = bget(h, align, extra, request);
  if (buffer !== 0) zero(h, buffer);
  return buffer;
}

/** Zeroes a whole buffer. */
export function zero(h: Heap, buffer: number): void {
  const end = buffer + capacity(h, buffer);
  // A call of `fill` costs more than a few words do.
  if (end - buffer > FEW_BYTES || ((buffer | end) & 3) !== 0) h.memory.bytes.fill(0, buffer, end);
  else for (let i = buffer >> 2; i < end >> 2; i++) h.memory.words[i] = 0;
}

/**
 * Moves a buffer: a new one, a copy of min(old capacity, `request`) bytes, release of the old one. Where `zeroGrown`,
 * bytes beyond the old capacity are 0. 0 as `buffer` just allocates. Returns 0, the old one untouched, if nothing fits.
 */
export function bgetr(h: Heap, buffer: number, align: number, extra: number, request: number): number {
  const moved = bget(h, align, extra, request);
  if (moved === 0 || buffer === 0) return moved;
  const old = capacity(h, buffer);
  if (!(old > 0)) panic("bgetr", buffer - h.geometry.header, "the buffer to move is not allocated");
  const { bytes } = h.memory;
  bytes.copyWithin(moved, buffer, buffer + Math.min(old, request));
  if (h.zeroGrown && request > old) bytes.fill(0, moved + old, moved + request);
  brel(h, buffer, false);
  return moved;
}

/** Allocates from the first or best block that fits. Returns the buffer, or 0. */
function attempt(h: Heap, align: number, extra: number, size: number): number {
  if (h.finder !== null) return h.finder.take(h, align, extra, size);
  return carve(h, search(h, align, extra, size), align, extra, size);
}

/** True if an expansion pool is sure to hold a block: all of it, or with room for an empty block in front. */
function fitsExpansion(h: Heap, align: number, size: number): boolean {
  const g = h.geometry;
  const room = roundDown(h.expansion.increment, g.quantum) - g.header - size;
  if (align > g.quantum) return room >= g.freeHeader + align - g.quantum;
  return room === 0 || room >= g.freeHeader;
}
