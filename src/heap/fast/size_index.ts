// Best fit by index: a ring of records for every size, each in the order of the free list, and bitmaps of the rings that
// are not empty, 32 ways (the segregated fits of Wilson et al., Dynamic Storage Allocation: A Survey, 1995, with exact
// classes). All functions take a size in quanta, and a block's offset in the heap or its record, a word of the index.
import * as classBits from "./class_bits.ts";
import type { SizeIndex } from "./index_state.ts";
import * as lateRecords from "./late_records.ts";
import * as ranges from "./ranges.ts";
import { recordsOf } from "./size_search.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { LARGE, LAST_RING, occupy, RINGS, ringOf } = classBits;
const { addLate, isBefore, LATE, removeLate } = lateRecords;
const { M } = ranges;

/** Records that are made at a time. */
const BATCH = 256;
/** There is room for one record in so many bytes, a power of two, before the index has to move. Unused, it costs nothing. */
const ROOM_SHIFT = 11;
/** The last turn before they are given out anew. */
export const LAST_TURN = M >> 1;
/** How far a record looks for its place in the ring. */
const PATIENCE = 128;
/** Nowhere within those steps: no record. */
const FAR = M;

/** Where the table of the blocks' records begins. */
const ENTRIES = LAST_RING + 4;

/** An index over no block, of a heap of so many bytes. */
export function createSizeIndex(bytes: number, wide: boolean): SizeIndex {
  const quantumShift = wide ? 4 : 3;
  const entryShift = wide ? 6 : 5;
  const records = ENTRIES + (bytes >> entryShift) + 1;
  const words = new Int32Array(records + 4 * Math.max(BATCH, bytes >> ROOM_SHIFT));
  for (let ring = RINGS; ring < ENTRIES; ring += 4) {
    words[ring] = ring;
    words[ring + 1] = ring;
    words[ring + 2] = -1;
    words[ring + 3] = -1;
  }
  // Written out, not spread: V8 is slow at objects that were put together.
  const x: SizeIndex = {
    kind: "size",
    turns: 0,
    words,
    entryShift,
    quantumShift,
    entries: ENTRIES,
    end: records,
    blocks: 3,
    vacant: 0,
    late: new Map(),
    lateCount: 0,
  };
  addRecords(x);
  return x;
}

/** Makes a chain of the next records, as all before them are taken. */
function addRecords(x: SizeIndex): void {
  const { words, end } = x;
  if (end === words.length) {
    // Twice as long, but for no part of a record.
    x.words = new Int32Array(words.length + (words.length & -4));
    x.words.set(words);
  }
  x.vacant = end;
  x.end = Math.min(end + 4 * BATCH, x.words.length);
  for (let record = end; record < x.end; record += 4) x.words[record + 3] = ~(record + 4 < x.end ? record + 4 : 0);
}

/** A block went to the tail of the list. */
export function enterLast(x: SizeIndex, block: number, quanta: number): void {
  const { words } = x;
  const record = x.vacant & M;
  const turn = (x.turns + 1) | 0;
  const vacant = ~(words[record + 3] as number);
  const ring = ringOf(quanta);
  const last = (words[ring + 1] as number) & M;
  x.vacant = vacant;
  x.turns = turn;
  words[ENTRIES + (block >>> x.entryShift)] = record;
  words[record] = ring;
  words[record + 1] = last;
  words[record + 2] = turn;
  words[record + 3] = block;
  words[last] = record;
  words[ring + 1] = record;
  occupy(words, ring);
  // Last, as V8 looks at the type of every object again after a call.
  if (vacant === 0) addRecords(x);
  if (turn === LAST_TURN) renumber(x);
}

/** Gives the turns out anew, as they have run out. */
function renumber(x: SizeIndex): void {
  const rings = Array.from({ length: LARGE + 1 }, (_, quanta) => recordsOf(x, ringOf(quanta)));
  const records = rings.flat().sort((a, b) => (isBefore(x, a, b) ? -1 : 1));
  for (const [n, record] of records.entries()) x.words[record + 2] = n;
  x.turns = records.length - 1;
}

/** A block of so many quanta left the list. */
export function removeRecord(x: SizeIndex, record: number, quanta: number): void {
  leaveRing(x, record, quanta);
  vacate(x, x.words, record);
}

/** A block of `from` quanta now has `to`, and stays where it is in the list. */
export function resizeRecord(x: SizeIndex, record: number, from: number, to: number): void {
  leaveRing(x, record, from);
  enterRing(x, record, to);
}

/**
 * Takes the first block of so many quanta out of the index; -1 if there is none in a ring of its size alone, or records are
 * late. In one go, as it is what most requests of a busy heap need.
 */
export function takeExact(x: SizeIndex, quanta: number): number {
  const { words } = x;
  const ring = ringOf(quanta);
  const record = (words[ring] as number) & M;
  if (record === ring || ring === LAST_RING || x.lateCount !== 0) return -1;
  const next = words[record] as number;
  const block = words[record + 3] as number;
  words[ring] = next;
  words[(next & M) + 1] = ring;
  vacate(x, words, record);
  return block;
}

/** A record leaves the ring of the blocks of so many quanta; to enter another one or to be given back. */
function leaveRing(x: SizeIndex, record: number, quanta: number): void {
  const { words } = x;
  const own = record & M;
  const next = words[own] as number;
  if (next === LATE) return removeLate(x, own, ringOf(quanta));
  const previous = words[own + 1] as number;
  words[previous] = next;
  words[(next & M) + 1] = previous;
  if (x.lateCount !== 0) promote(x, ringOf(quanta));
}

/** A record enters the ring of the blocks of so many quanta, where its turn is. */
function enterRing(x: SizeIndex, record: number, quanta: number): void {
  const { words } = x;
  const own = record & M;
  const ring = ringOf(quanta);
  const turn = words[own + 2] as number;
  let before = (words[ring + 1] as number) & M;
  if ((words[before + 2] as number) > turn) {
    before = findTurn(words, ring, turn) & M;
    if (before === FAR) return addLate(x, own, ring);
  }
  // Not a function for here and for promote(): V8 would call it, at 3 % more instructions for best fit.
  const behind = (words[before] as number) & M;
  words[own] = behind;
  words[own + 1] = before;
  words[before] = own;
  words[behind + 1] = own;
  occupy(words, ring);
}

/** A record that left its ring is given back. `words` are the index's: without them this is too long for V8, see ringOf(). */
function vacate(x: SizeIndex, words: Int32Array, record: number): void {
  words[record + 3] = ~x.vacant;
  x.vacant = record;
}

/** Puts the first record that waits beside a ring in front of it, where it comes before all that are left there. */
function promote(x: SizeIndex, ring: number): void {
  const { words } = x;
  const late = x.late.get(ring)?.[0];
  const first = words[ring] as number;
  if (late === undefined || !(first === ring || isBefore(x, late, first))) return;
  removeLate(x, late, ring);
  words[late] = first;
  words[late + 1] = ring;
  words[ring] = late;
  words[first + 1] = late;
  occupy(words, ring);
}

/**
 * The record, or the link that closes the ring, behind which a turn belongs that is not the largest; FAR if it is not
 * near to an end. Looks from both ends at once, as most are near to one, and nothing tells to which.
 */
function findTurn(words: Int32Array, ring: number, turn: number): number {
  let next = (words[ring] as number) & M;
  let previous = (words[ring + 1] as number) & M;
  for (let patience = PATIENCE; patience > 0; patience--) {
    if ((words[next + 2] as number) > turn) return words[next + 1] as number;
    previous = (words[previous + 1] as number) & M;
    if ((words[previous + 2] as number) < turn) return previous;
    next = (words[next] as number) & M;
  }
  return FAR;
}
