// Best fit: what is found in the index by size.
import { sizeOf } from "../block.ts";
import type { Memory } from "../memory.ts";
import * as classBits from "./class_bits.ts";
import { blockOf } from "./entries.ts";
import type { SizeIndex } from "./index_state.ts";
import { isBefore } from "./late_records.ts";
import * as ranges from "./ranges.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { findRing, LARGE, LAST_RING, ringOf } = classBits;
const { M } = ranges;

/**
 * The record of the smallest block of `quanta`, or at least two more; of several the first in the list; -1 if there is none.
 * A block that is one quantum too large cannot be used.
 */
export function findBest(m: Memory, x: SizeIndex, quanta: number): number {
  // With | 0 V8 knows at once that what a call returns is an integer.
  if (quanta >= LARGE) return findLarge(m, x, quanta) | 0;
  const { words } = x;
  const exact = ringOf(quanta);
  const record = words[exact] as number;
  if (record !== exact) return record;
  const ring = findRing(words, ringOf(quanta + 2)) | 0;
  if (ring < 0) return -1;
  return ring < LAST_RING ? (words[ring] as number) : findLarge(m, x, quanta) | 0;
}

/** All records of a ring, then the late ones beside it. */
export function recordsOf(x: SizeIndex, ring: number): number[] {
  const records = [];
  for (let at = x.words[ring] as number; at !== ring; at = x.words[at] as number) records.push(at);
  return records.concat(x.late.get(ring) ?? []);
}

/** True if best fit takes the one record rather than the other. */
export function isBetter(m: Memory, x: SizeIndex, a: number, b: number): boolean {
  const size = sizeOf(m, blockOf(x, a));
  const other = sizeOf(m, blockOf(x, b));
  return size < other || (size === other && isBefore(x, a, b));
}

/** Among the largest, of which there are few: the best that does. */
function findLarge(m: Memory, x: SizeIndex, quanta: number): number {
  const { words } = x;
  let best = -1;
  let least = M;
  // In the order of the list, so that of several the first stays.
  for (let record = words[LAST_RING] as number; record !== LAST_RING; record = words[record] as number) {
    const size = sizeOf(m, blockOf(x, record)) >> x.quantumShift;
    if (size < quanta || size === quanta + 1 || size >= least) continue;
    best = record;
    least = size;
  }
  for (const record of x.lateCount === 0 ? [] : (x.late.get(LAST_RING) ?? [])) {
    const size = sizeOf(m, blockOf(x, record)) >> x.quantumShift;
    if (size >= quanta && size !== quanta + 1 && (best < 0 || isBetter(m, x, record, best))) best = record;
  }
  return best;
}
