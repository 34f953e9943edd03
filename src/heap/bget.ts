// Mirrors bget, bgetz and bgetr of OP-TEE 4.0.0 lib/libutils/isoc/bget.c.
import { isPowerOfTwo, roundDown, roundUp, square } from "../base/integer.ts";
import { previousFree, setPreviousFree, setSize, sizeOf } from "./block.ts";
import { bpool } from "./bpool.ts";
import { brel } from "./brel.ts";
import { capacity, expand, getDirect } from "./direct.ts";
import { forgetIndex, indexAppended, indexKnows, indexRemoved, indexResized, withoutIndex } from "./free_index.ts";
import { append, expectLinked, forward, remove } from "./freelist.ts";
import { HEAD, type Heap } from "./heap.ts";
import { findByIndex, indexWanted, noteSteps } from "./long_search.ts";
import { panic } from "./panic.ts";
import { position } from "./position.ts";
import * as quick from "./quick_get.ts";
import { quickGet32 } from "./quick_get32.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { LONG_WAY, quickGet } = quick;

/** What is zeroed word by word. */
const FEW_BYTES = 128;
/** Sizes up to here can be calculated with in 32 bits. */
const MODERATE = 2 ** 30;

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
  const size = (request <= g.quantum ? g.quantum : roundUp(request, g.quantum)) + g.header + extra;
  if (size > g.longMax) return 0;

  let buffer = LONG_WAY;
  if (h.quickGets !== 0 && alignment === g.quantum && size <= MODERATE) {
    buffer = h.quickGets === 8 ? quickGet(h, size) : quickGet32(h, size);
  }
  if (buffer === LONG_WAY) buffer = search(h, alignment, extra, size);
  const { compact, acquire } = h.expansion;
  for (let sequence = 1; buffer === 0 && compact !== null && compact(size, sequence); sequence++) {
    buffer = search(h, alignment, extra, size);
  }
  if (buffer !== 0 || acquire === null) return buffer;

  if (!fitsExpansion(h, alignment, size)) return getDirect(h, acquire, alignment, extra, size);
  const pool = expand(h, acquire, h.expansion.increment);
  if (pool === 0) return 0;
  bpool(h, pool, h.expansion.increment);
  return search(h, alignment, extra, size);
}

/**
 * The common case of `bget`: a whole number of bytes without alignment or extra header. Returns 0 or less where that does
 * not settle it, and nothing was done then.
 */
export function bgetPlain(h: Heap, request: number): number {
  if (!(request > 0 && request <= MODERATE) || (request | 0) !== request) return 0;
  if (h.quickGets === 8) return quickGet(h, ((request + 15) & 0x7ffffff0) + 16);
  return h.quickGets === 4 ? quickGet32(h, ((request + 7) & 0x7ffffff8) + 8) : 0;
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
  const bytes = h.memory.bytes;
  bytes.copyWithin(moved, buffer, buffer + Math.min(old, request));
  if (h.zeroGrown && request > old) bytes.fill(0, moved + old, moved + request);
  brel(h, buffer, false);
  return moved;
}

/** Takes the first or best block that fits from the list; `size` includes all headers. Returns the buffer, or 0. */
function search(h: Heap, align: number, extra: number, size: number): number {
  const x = h.index ?? indexWanted(h);
  if (x !== null) {
    const found = findByIndex(h, x, align, extra, size);
    if (found === HEAD) return 0;
    const free = sizeOf(h.memory, found);
    if (indexKnows(x, found, free)) {
      const at = position(h, found, free, align, extra, size);
      if (at >= 0) return carve(h, found, free, at, size);
    }
    forgetIndex(h);
  }
  let found = HEAD;
  let bestSize = Number.POSITIVE_INFINITY;
  const limit = h.memory.bytes.length / h.geometry.freeHeader + 2;
  let steps = 0;
  for (let block = h.headForward; block !== HEAD; block = forward(h, block)) {
    if (h.bestFit && previousFree(h.memory, block) !== 0) panic("bget", block, "two free blocks lie side by side");
    const free = sizeOf(h.memory, block);
    if (free >= size && free < bestSize && position(h, block, free, align, extra, size) >= 0) {
      found = block;
      bestSize = free;
      if (!h.bestFit) break;
    }
    if (++steps > limit) panic("bget", block, "the free list runs in a circle");
  }
  if (h.quickGets === 0) noteSteps(h, steps);
  return found === HEAD ? 0 : carve(h, found, bestSize, position(h, found, bestSize, align, extra, size), size);
}

/** Allocates `size` bytes of a free block from `at` on; what is left behind them becomes a free block of its own. */
function carve(h: Heap, block: number, free: number, at: number, size: number): number {
  const m = h.memory;
  const g = h.geometry;
  const next = block + free;
  const taken = block + at;
  let length = free - at;
  const x = withoutIndex(h);
  if (previousFree(m, next) !== free) panic("bget", block, "the block behind disagrees on the size of this free block");
  setPreviousFree(m, next, 0);
  expectLinked(h, block, "bget");
  if (at === 0) {
    remove(h, block);
  } else {
    setPreviousFree(m, taken, at);
    setSize(m, block, at);
  }
  let squares = square(at / g.quantum) - square(free / g.quantum);
  const rest = length - size;
  if (rest > g.quantum + g.header) {
    length = size;
    const tail = taken + size;
    setSize(m, taken, -length);
    setSize(m, tail, rest);
    setPreviousFree(m, tail, 0);
    append(h, tail, "bget");
    setPreviousFree(m, next, rest);
    squares += square(rest / g.quantum);
  } else {
    setSize(m, taken, -length);
  }
  h.freeSquares += squares;
  h.allocated += length;
  h.gets++;
  if (x !== null) {
    if (at === 0) indexRemoved(x, block, free);
    else indexResized(x, block, free, at);
    if (length < free - at) indexAppended(h, x, taken + size, rest);
    h.index = x;
  }
  return taken + g.header;
}

/** True if an expansion pool is sure to hold a block: all of it, or with room for an empty block in front. */
function fitsExpansion(h: Heap, align: number, size: number): boolean {
  const g = h.geometry;
  const room = roundDown(h.expansion.increment, g.quantum) - g.header - size;
  if (align > g.quantum) return room >= g.freeHeader + align - g.quantum;
  return room === 0 || room >= g.freeHeader;
}
