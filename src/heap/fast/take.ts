// Allocates by the short way, and by the plain lines where that does not settle it.
import { carve } from "../carve.ts";
import type { Heap } from "../heap.ts";
import { find } from "./find.ts";
import * as finders from "./finder.ts";
import * as quick from "./quick_get.ts";
import { quickGet32 } from "./quick_get32.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { LONG_WAY, quickGet } = quick;
const { finderOf } = finders;

/** Sizes up to here can be calculated with in 32 bits. */
const MODERATE = 2 ** 30;

/** Does what `bget` does without a finder, once it knows the size of the block. */
export function finderTake(h: Heap, align: number, extra: number, size: number): number {
  const f = finderOf(h) as finders.FastFinder;
  let buffer = LONG_WAY;
  if (f.word !== 0 && align === h.geometry.quantum && size <= MODERATE)
    buffer = f.word === 8 ? quickGet(h, f, size) : quickGet32(h, f, size);
  return buffer === LONG_WAY ? takeLong(h, f, align, extra, size) : buffer;
}

/**
 * The common case of `bget`: a whole number of bytes without alignment or extra header. Returns 0 or less where that does
 * not settle it, and nothing was done then.
 */
export function shortBget(h: Heap, request: number): number {
  const f = finderOf(h);
  if (f === null || !(request > 0 && request <= MODERATE) || (request | 0) !== request) return 0;
  if (f.word === 8) return quickGet(h, f, ((request + 15) & 0x7ffffff0) + 16);
  return f.word === 4 ? quickGet32(h, f, ((request + 7) & 0x7ffffff8) + 8) : 0;
}

function takeLong(h: Heap, f: finders.FastFinder, align: number, extra: number, size: number): number {
  try {
    return carve(h, find(h, f, align, extra, size), align, extra, size);
  } catch (error) {
    // A panic can leave the list half changed.
    f.index = null;
    throw error;
  }
}
