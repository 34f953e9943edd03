// Best fit: what is found in the index by size.
import * as classBits from "./class_bits.ts";
import type { SizeIndex } from "./index_state.ts";
import { isBefore } from "./late_records.ts";
import * as ranges from "./ranges.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { findRing, ringOf } = classBits;
const { M } = ranges;

/**
 * The record of the smallest block of `quanta`, or at least two more; of several the first in the list; -1 if there is none.
 * A block that is one quantum too large cannot be used.
 */
export function findBest(x: SizeIndex, quanta: number): number {
  const { view } = x;
  let ring = ringOf(x, quanta);
  const exact = view.getInt32(ring, true) & M;
  if (exact !== ring && quanta < x.large) return exact;
  ring = findRing(x, quanta + 2);
  if (ring < 0) return -1;
  return ring === ringOf(x, x.large) ? findLarge(x, quanta) : view.getInt32(ring & M, true) & M;
}

/** All records of a ring, then the late ones beside it. */
export function recordsOf(x: SizeIndex, ring: number): number[] {
  const records = [];
  for (let at = x.words[ring >>> 2] as number; at !== ring; at = x.words[at >>> 2] as number) records.push(at);
  return records.concat(x.late.get(ring) ?? []);
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
  for (const record of recordsOf(x, ringOf(x, x.large))) {
    const size = x.words[(record >>> 2) + 3] as number;
    if (size >= quanta && size !== quanta + 1 && (best < 0 || isBetter(x, record, best))) best = record;
  }
  return best;
}
