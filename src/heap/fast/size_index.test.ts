// The index by size beside a plain list of blocks, with so few sizes that rings get long and records late.
import fc from "fast-check";
import { expect, test } from "vitest";
import { setSize } from "../block.ts";
import { createMemory, type Memory } from "../memory.ts";
import { findRing, LARGE, ringOf } from "./class_bits.ts";
import { blockOf, entryOf } from "./entries.ts";
import type { SizeIndex } from "./index_state.ts";
import { createSizeIndex, enterLast, LAST_TURN, removeRecord, resizeRecord, takeExact } from "./size_index.ts";
import { findBest, recordsOf } from "./size_search.ts";

const BYTES = 2 * 1024 * 1024;
/** Bytes from one block to the next: no two in one pool are closer to each other. */
const APART = 64;

/** Blocks in the order of the list; only their sizes are in the memory. */
interface Parts {
  readonly m: Memory;
  readonly x: SizeIndex;
  readonly model: { readonly at: number; quanta: number }[];
}

function createParts(bytes: number, wide: boolean): Parts {
  const m = createMemory(new Uint8Array(bytes), { word: wide ? 8 : 4 });
  return { m, x: createSizeIndex(bytes, wide), model: [] };
}

/** Puts a block at the end of the list. */
function append({ m, x, model }: Parts, at: number, quanta: number): void {
  setSize(m, at, quanta << x.quantumShift);
  enterLast(x, at, quanta);
  model.push({ at, quanta });
}

/** The block that a look at all would choose, or -1. */
function best({ model }: Parts, quanta: number): number {
  let found = { at: -1, quanta: Number.POSITIVE_INFINITY };
  for (const block of model) {
    const fits = block.quanta >= quanta && block.quanta !== quanta + 1;
    if (fits && block.quanta < found.quanta) found = block;
  }
  return found.at;
}

/** The block that the index chooses, or -1. */
function found({ m, x }: Parts, quanta: number): number {
  const record = findBest(m, x, quanta);
  return record < 0 ? -1 : blockOf(x, record);
}

/** Takes what the index chooses. Returns where it was. */
function take(p: Parts, quanta: number): number {
  const record = findBest(p.m, p.x, quanta);
  const at = blockOf(p.x, record);
  const [block] = p.model.splice(
    p.model.findIndex((one) => one.at === at),
    1,
  );
  removeRecord(p.x, record, block?.quanta ?? 0);
  return at;
}

const step = fc.record({
  op: fc.constantFrom("append", "leave", "resize", "resize", "best", "exact"),
  which: fc.nat(9999),
  quanta: fc.oneof({ weight: 30, arbitrary: fc.integer({ min: 2, max: 5 }) }, fc.constantFrom(70, 1100, 4000, 40_000)),
});

test.each([
  [true, 0],
  [true, 900],
  [false, 900],
] as const)(
  "finds what a look at all blocks finds (8-byte words: %s, %i blocks of one size at first)",
  (wide, first) => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 400 }), (steps) => {
        const p = createParts(BYTES, wide);
        let next = 0;
        for (let n = 0; n < first; n++) append(p, APART * next++, 2);
        for (const { op, which, quanta } of steps) {
          const at = which % Math.max(1, p.model.length);
          const block = p.model[at];
          if (op === "append") append(p, APART * next++, quanta);
          else if (op === "best") expect(found(p, quanta)).toBe(best(p, quanta));
          else if (op === "exact") takeFirst(p, quanta);
          else if (block !== undefined && op === "leave") {
            removeRecord(p.x, entryOf(p.x, block.at), block.quanta);
            p.model.splice(at, 1);
          } else if (block !== undefined) {
            resizeRecord(p.x, entryOf(p.x, block.at), block.quanta, quanta);
            block.quanta = quanta;
            setSize(p.m, block.at, quanta << p.x.quantumShift);
          }
          for (let q = 1; q < 8; q++) expect(found(p, q)).toBe(best(p, q));
        }
        // In the end as they are taken one after the other.
        while (p.model.length > 0) {
          // Blocks of 3 do not do for 2.
          const quanta = best(p, 2) < 0 ? 3 : 2;
          const expected = best(p, quanta);
          expect(take(p, quanta)).toBe(expected);
        }
      }),
      { numRuns: 30 },
    );
  },
);

/** Takes the first block of just that size, where the index can tell at once which that is. */
function takeFirst({ x, model }: Parts, quanta: number): void {
  const expected = model.findIndex((one) => one.quanta === quanta);
  const told = expected >= 0 && quanta < LARGE && x.lateCount === 0;
  expect(takeExact(x, quanta)).toBe(told ? model[expected]?.at : -1);
  if (told) model.splice(expected, 1);
}

test("a record is given out again, and does not know its last block any more", () => {
  const p = createParts(BYTES, true);
  append(p, 64, 4);
  const record = entryOf(p.x, 64);
  expect(take(p, 4)).toBe(64);
  expect(blockOf(p.x, entryOf(p.x, 64))).not.toBe(64);
  append(p, 128, 4);
  expect(entryOf(p.x, 128)).toBe(record);
  expect(found(p, 4)).toBe(128);
});

test("an index that has to move twice keeps all of its records, and makes none that is cut off", () => {
  const p = createParts(BYTES, true);
  const blocks = Array.from({ length: BYTES / APART }, (_, n) => APART * n);
  for (const at of blocks) append(p, at, 4);
  expect(recordsOf(p.x, ringOf(4)).map((record) => blockOf(p.x, record))).toEqual(blocks);
  expect(blocks.every((at) => blockOf(p.x, entryOf(p.x, at)) === at)).toBe(true);
});

/** A thousand blocks, by turns of 4 and 6 quanta, of which the `n`th, one of 6, then shrinks to 4. */
function longRing(n: number): Parts {
  const p = createParts(BYTES, true);
  for (let at = 0; at < 1000; at++) append(p, APART * at, at % 2 === 0 ? 4 : 6);
  resizeRecord(p.x, entryOf(p.x, APART * n), 6, 4);
  (p.model[n] as { quanta: number }).quanta = 4;
  return p;
}

test("a record that belongs far from both ends of a long ring waits beside it, and takes its turn", () => {
  // Of the ring of 4, half are before this one and half behind.
  const p = longRing(501);
  expect(p.x.lateCount).toBe(1);
  expect(recordsOf(p.x, ringOf(4))).toHaveLength(501);
  const taken = Array.from({ length: 253 }, () => take(p, 4) / APART);
  expect(taken).toEqual([...Array.from({ length: 251 }, (_, n) => 2 * n), 501, 502]);
  expect(p.x.lateCount).toBe(0);
});

test("a record that belongs near the front of a long ring goes there at once", () => {
  const p = longRing(1);
  expect(p.x.lateCount).toBe(0);
  expect(recordsOf(p.x, ringOf(4))).toHaveLength(501);
  expect([0, 1, 2].map(() => take(p, 4) / APART)).toEqual([0, 1, 2]);
});

test("a search among the largest blocks leaves the others to be found", () => {
  const p = createParts(16 * 1024 * 1024, true);
  append(p, 32, LARGE - 500);
  for (const quanta of [LARGE - 2, LARGE - 1, LARGE, LARGE + 1, 40_000]) {
    expect(found(p, quanta)).toBe(-1);
    expect(findRing(p.x.words, ringOf(quanta))).toBe(-1);
    expect(found(p, 900)).toBe(32);
  }
  append(p, 64, LARGE + 5);
  expect(found(p, LARGE - 1)).toBe(64);
  expect(found(p, LARGE + 4)).toBe(-1);
  expect(found(p, 900)).toBe(32);
});

test("turns that have run out are given out anew, in the same order", () => {
  const p = longRing(501);
  expect(p.x.lateCount).toBe(1);
  p.x.turns = LAST_TURN - 2;
  for (let n = 1000; n < 1004; n++) append(p, APART * n, 4);
  expect(p.x.turns).toBe(1003);
  const order = p.model.filter(({ quanta }) => quanta === 4).map(({ at }) => at);
  expect(order.map(() => take(p, 4))).toEqual(order);
});
