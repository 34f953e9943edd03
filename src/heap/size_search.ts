// Best fit: what is found in the index by size.
import { findClass, ringOf } from "./class_bits.ts";
import type { SizeIndex } from "./index_state.ts";
import { isBefore } from "./late_records.ts";

/**
 * The record of the smallest block of `quanta`, or at least two more; of several the first in the list; -1 if there is none.
 * A block that is one quantum too large cannot be used.
 */
export function findBest(x: SizeIndex, quanta: number): number {
  if (quanta >= x.large) return findLarge(x, quanta);
  const ring = ringOf(x, quanta);
  const exact = x.words[ring >>> 2] as number;
  return exact !== ring ? exact : findAbove(x, quanta);
}

/** As above, where no block is exactly of `quanta`, fewer than those of the last class. */
function findAbove(x: SizeIndex, quanta: number): number {
  const which = quanta + 2 < x.large ? findClass(x, quanta + 2) : x.large;
  if (which < 0) return -1;
  return which < x.large ? (x.words[ringOf(x, which) >>> 2] as number) : findLarge(x, quanta);
}

/** All records of a class: those of the ring, then the late ones. */
export function recordsOf(x: SizeIndex, which: number): number[] {
  const ring = ringOf(x, which);
  const records = [];
  for (let at = x.words[ring >>> 2] as number; at !== ring; at = x.words[at >>> 2] as number) records.push(at);
  return records.concat(x.late.get(which) ?? []);
}

/** True if best fit takes the one record rather than the other. */
export function isBetter(x: SizeIndex, a: number, b: number): boolean {
  const size = x.words[(a >>> 2) + 3] as number;
  const other = x.words[(b >>> 2) + 3] as number;
  return size < other || (size === other && isBefore(x, a, b));
}

/** Among the largest, of which there are few: the best that does. */
function findLarge(x: SizeIndex, quanta: number): number {
  let best = -1;
  for (const record of recordsOf(x, x.large)) {
    const size = x.words[(record >>> 2) + 3] as number;
    if (size >= quanta && size !== quanta + 1 && (best < 0 || isBetter(x, record, best))) best = record;
  }
  return best;
}
