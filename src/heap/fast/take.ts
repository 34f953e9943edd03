// bget, bgetz and bgetr that try the short way first, and leave what that does not settle to the plain lines.
import { roundUp } from "../../base/integer.ts";
import * as plain from "../bget.ts";
import type { Heap } from "../heap.ts";
import * as releases from "./brel.ts";
import * as finders from "./finder.ts";
import * as quick from "./quick_get.ts";
import { quickGet32 } from "./quick_get32.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { quickGet } = quick;
const { finderOf, forgetIndex } = finders;
const { copyBuffer, zero } = plain;
const { brel } = releases;

/** Sizes up to here can be calculated with in 32 bits. */
const MODERATE = 2 ** 30;

/** Allocates a buffer: see `bget` in ../bget.ts. */
export function bget(h: Heap, align: number, extra: number, request: number): number {
  const f = finderOf(h);
  const { quantum, header } = h.geometry;
  if (f !== null && f.word !== 0 && isUnaligned(align, quantum) && request > 0 && extra % quantum === 0) {
    const size = (request <= quantum ? quantum : roundUp(request, quantum)) + header + extra;
    const buffer = size > MODERATE ? 0 : f.word === 8 ? quickGet(h, f, size) : quickGet32(h, f, size);
    if (buffer > 0) return buffer;
    if (buffer === 0 && h.expansion.compact === null && h.expansion.acquire === null) return 0;
  }
  return longGet(h, align, extra, request);
}

/**
 * The common case of `bget`: a whole number of bytes without alignment or extra header. Returns 0 or less where that does
 * not settle it, and nothing was done then.
 */
export function bgetPlain(h: Heap, request: number): number {
  const f = finderOf(h);
  if (f === null || !(request > 0 && request <= MODERATE) || (request | 0) !== request) return 0;
  if (f.word === 8) return quickGet(h, f, ((request + 15) & 0x7ffffff0) + 16);
  return f.word === 4 ? quickGet32(h, f, ((request + 7) & 0x7ffffff8) + 8) : 0;
}

/** Like `bget`, and zeroes the whole buffer, not only what was asked for. */
export function bgetz(h: Heap, align: number, extra: number, request: number): number {
  const buffer = bget(h, align, extra, request);
  if (buffer !== 0) zero(h, buffer);
  return buffer;
}

/** Moves a buffer: see `bgetr` in ../bget.ts. */
export function bgetr(h: Heap, buffer: number, align: number, extra: number, request: number): number {
  const moved = bget(h, align, extra, request);
  if (moved === 0 || buffer === 0) return moved;
  copyBuffer(h, buffer, moved, request);
  brel(h, buffer, false);
  return moved;
}

/** A panic can leave the list half changed, and the index with it. */
function longGet(h: Heap, align: number, extra: number, request: number): number {
  try {
    return plain.bget(h, align, extra, request);
  } catch (error) {
    forgetIndex(h);
    throw error;
  }
}

function isUnaligned(align: number, quantum: number): boolean {
  return align >= 0 && align <= quantum && (align | 0) === align && (align & (align - 1)) === 0;
}
