// Best fit by index: a ring of records for every size, each in the order of the free list, and bitmaps of the rings that
// are not empty, 32 ways (the segregated fits of Wilson et al., Dynamic Storage Allocation: A Survey, 1995, with exact
// classes). All functions take the offset of a record and a size in quanta.
import * as classBits from "./class_bits.ts";
import type { SizeIndex } from "./index_state.ts";
import * as lateRecords from "./late_records.ts";
import * as ranges from "./ranges.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { occupy, ringOf } = classBits;
const { addLate, isBefore, LATE, removeLate } = lateRecords;
const { M } = ranges;

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
  const { words } = x;
  const ring = ringOf(x, quanta);
  const last = x.view.getInt32(ring + 4, true) & M;
  const i = record >>> 2;
  words[i] = ring;
  words[i + 1] = last;
  words[i + 2] = x.sequence;
  words[i + 3] = quanta;
  words[last >>> 2] = record;
  words[(ring >>> 2) + 1] = record;
  if (last === ring) occupy(x, ring);
  x.sequence = (x.sequence + 1) | 0;
}

/** A block left the list. */
export function leave(x: SizeIndex, record: number, quanta: number): void {
  const { view, words } = x;
  const next = view.getInt32(record & M, true);
  if (next === LATE || x.lateCount !== 0) return leaveLate(x, record, ringOf(x, quanta));
  const previous = view.getInt32((record + 4) & M, true) & M;
  words[previous >>> 2] = next;
  words[(next >>> 2) + 1] = previous;
}

/** A block of `from` quanta now has `to`, and stays where it is in the list. */
export function resize(x: SizeIndex, record: number, from: number, to: number): void {
  const { view, words } = x;
  const at = record & M;
  const next = view.getInt32(at, true);
  const ring = ringOf(x, to);
  words[(at >>> 2) + 3] = to;
  if (next === LATE || x.lateCount !== 0) {
    leaveLate(x, record, ringOf(x, from));
    return enter(x, record, ring);
  }
  const previous = view.getInt32(at + 4, true) & M;
  words[previous >>> 2] = next;
  words[(next >>> 2) + 1] = previous;
  const last = view.getInt32(ring + 4, true) & M;
  if (view.getInt32(last + 8, true) > view.getInt32(at + 8, true)) enter(x, record, ring);
  else enterBehind(x, last, record);
}

/** As above where records are late. */
function leaveLate(x: SizeIndex, record: number, ring: number): void {
  const { words } = x;
  const next = words[record >>> 2] as number;
  const previous = words[(record >>> 2) + 1] as number;
  if (next === LATE) return removeLate(x, record, ring);
  words[previous >>> 2] = next;
  words[(next >>> 2) + 1] = previous;
  // The first that waits takes over where it comes before all that are left.
  const late = x.late.get(ring)?.[0];
  const first = words[ring >>> 2] as number;
  if (late !== undefined && (first === ring || isBefore(x, late, first))) {
    removeLate(x, late, ring);
    enterBehind(x, ring, late);
  }
}

/** Puts a record where it belongs in the order of the list. */
function enter(x: SizeIndex, record: number, ring: number): void {
  const { view } = x;
  const sequence = view.getInt32((record + 8) & M, true);
  let next = view.getInt32(ring, true) & M;
  let previous = view.getInt32(ring + 4, true) & M;
  const first = view.getInt32(next + 8, true);
  if (sequence < first) return enterBehind(x, ring, record);
  let patience = PATIENCE;
  if (sequence - first < view.getInt32(previous + 8, true) - sequence) {
    while (view.getInt32(next + 8, true) < sequence && --patience >= 0) next = view.getInt32(next, true) & M;
    previous = view.getInt32(next + 4, true) & M;
  } else {
    while (view.getInt32(previous + 8, true) > sequence && --patience >= 0) {
      previous = view.getInt32(previous + 4, true) & M;
    }
  }
  if (patience >= 0) enterBehind(x, previous, record);
  else addLate(x, record, ring);
}

/** Puts a record into its ring behind another, or behind the link that closes the ring. */
function enterBehind(x: SizeIndex, previous: number, record: number): void {
  const { words } = x;
  const next = x.view.getInt32(previous, true) & M;
  words[record >>> 2] = next;
  words[(record >>> 2) + 1] = previous;
  words[previous >>> 2] = record;
  words[(next >>> 2) + 1] = record;
  if (previous === next) occupy(x, previous);
}
