// Best fit by index: a ring of records for every size, each in the order of the free list, and bitmaps of the rings that
// are not empty, 32 ways (the segregated fits of Wilson et al., Dynamic Storage Allocation: A Survey, 1995, with exact
// classes). All functions take the offset of a record and a size in quanta.
import { classOf, occupy, ringOf, vacate } from "./class_bits.ts";
import type { SizeIndex } from "./index_state.ts";
import { addLate, isBefore, LATE, removeLate } from "./late_records.ts";

/** Keeps an offset in a range that V8 adds to without checks. */
const M = 0x7fffffff;
/** 32 x 32 x 32 classes, the last for all that is larger. */
const LARGE = 32767;
/** Words of the bitmap of the classes. */
const WORDS = 1025;
/** How far a record looks for its place in the ring. */
const PATIENCE = 128;

/** An index over no block, of a heap of so many bytes. */
export function createSizeIndex(bytes: number, wide: boolean): SizeIndex {
  const quantumShift = wide ? 4 : 3;
  const recordShift = wide ? 1 : 0;
  const large = Math.min(LARGE, (bytes >> quantumShift) + 1);
  const classes = (((bytes >> recordShift) + 31) & ~15) >>> 0;
  const bits = classes + 16 * (large + 1);
  const summary = bits + 4 * WORDS;
  const buffer = new ArrayBuffer(summary + 4 * 34);
  const words = new Int32Array(buffer);
  for (let at = classes; at < bits; at += 16) {
    words[at >> 2] = at;
    words[(at >> 2) + 1] = at;
    words[(at >> 2) + 2] = -1;
  }
  // Written out, not spread: V8 is slow at objects that were put together.
  return {
    kind: "size",
    turns: 0,
    view: new DataView(buffer),
    words,
    recordShift,
    quantumShift,
    classes,
    bits,
    summary,
    large,
    sequence: 0,
    late: new Map(),
    lateCount: 0,
  };
}

/** A block went to the tail of the list. */
export function enterLast(x: SizeIndex, record: number, quanta: number): void {
  const which = classOf(x, quanta);
  const last = x.view.getInt32((ringOf(x, which) + 4) & M, true) & M;
  x.words[(record >>> 2) + 2] = x.sequence;
  x.words[(record >>> 2) + 3] = quanta;
  x.sequence = (x.sequence + 1) | 0;
  enterBehind(x, last, record, which);
}

/** A block left the list. */
export function leave(x: SizeIndex, record: number, quanta: number): void {
  const { view, words } = x;
  const which = classOf(x, quanta);
  const next = view.getInt32(record, true);
  if (next === LATE) return removeLate(x, record, which);
  const previous = view.getInt32(record + 4, true) & M;
  words[previous >>> 2] = next;
  words[(next >>> 2) + 1] = previous;
  if (next === previous) vacate(x, which);
  if (x.lateCount !== 0) promoteLate(x, which);
}

/** A block of `from` quanta now has `to`, and stays where it is in the list. */
export function resize(x: SizeIndex, record: number, from: number, to: number): void {
  leave(x, record, from);
  const { view } = x;
  const which = classOf(x, to);
  const ring = ringOf(x, which);
  const sequence = view.getInt32(record + 8, true);
  let previous = view.getInt32((ring + 4) & M, true) & M;
  let patience = PATIENCE;
  while (patience > 0 && view.getInt32(previous + 8, true) > sequence) {
    previous = view.getInt32(previous + 4, true) & M;
    patience--;
  }
  x.words[(record >>> 2) + 3] = to;
  if (patience > 0) enterBehind(x, previous, record, which);
  else if (isBefore(x, record, x.words[ring >>> 2] as number)) enterBehind(x, ring, record, which);
  else addLate(x, record, which);
}

/** After a record left a ring: the first that waits beside it takes over where it comes before all that are left. */
function promoteLate(x: SizeIndex, which: number): void {
  const late = x.late.get(which)?.[0];
  const ring = ringOf(x, which);
  const first = x.words[ring >>> 2] as number;
  if (late === undefined || (first !== ring && isBefore(x, first, late))) return;
  removeLate(x, late, which);
  enterBehind(x, ring, late, which);
}

/** Puts a record into its ring behind another, or behind the link that closes the ring. */
function enterBehind(x: SizeIndex, previous: number, record: number, which: number): void {
  const { view, words } = x;
  const next = view.getInt32(previous, true) & M;
  words[record >>> 2] = next;
  words[(record >>> 2) + 1] = previous;
  words[previous >>> 2] = record;
  words[(next >>> 2) + 1] = record;
  if (previous === next) occupy(x, which);
}
