// The index by place beside a plain list of blocks.
import fc from "fast-check";
import { expect, test } from "vitest";
import { setSize } from "../block.ts";
import { createMemory, type Memory } from "../memory.ts";
import { blockOf, entryOf } from "./entries.ts";
import type { ListIndex } from "./index_state.ts";
import { createListIndex, growPlace, shrinkPlace } from "./list_index.ts";
import { findFirst, findFrom } from "./list_search.ts";
import { appendPlace } from "./places.ts";

const BLOCKS = 8000;

interface Pair {
  readonly m: Memory;
  readonly x: ListIndex;
  /** Blocks in the order of the list. */
  readonly model: { block: number; quanta: number }[];
  next: number;
}

function createPair(): Pair {
  const bytes = new Uint8Array(64 * BLOCKS);
  return { m: createMemory(bytes, { word: 8 }), x: createListIndex(bytes.length, true), model: [], next: 0 };
}

function append(p: Pair, quanta: number): void {
  const block = 64 * p.next++;
  setSize(p.m, block, 16 * quanta);
  appendPlace(p.m, p.x, block, quanta);
  p.model.push({ block, quanta });
}

function resize(p: Pair, at: number, quanta: number): void {
  const one = p.model[at];
  if (one === undefined) return;
  setSize(p.m, one.block, 16 * quanta);
  const place = entryOf(p.x, one.block);
  if (quanta > one.quanta) growPlace(p.x, place, quanta);
  else shrinkPlace(p.x, place, quanta);
  one.quanta = quanta;
  if (quanta === 0) p.model.splice(at, 1);
}

function expectSame({ m, x, model }: Pair, quanta: number): void {
  const expected = model.find((one) => one.quanta >= quanta && one.quanta !== quanta + 1);
  const place = findFirst(m, x, quanta);
  expect(place < 0 ? undefined : blockOf(x, place)).toBe(expected?.block);
  const loose = findFrom(m, x, 0, quanta, true);
  expect(loose < 0 ? undefined : blockOf(x, loose)).toBe(model.find((one) => one.quanta >= quanta)?.block);
}

const quanta = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 2, max: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom(63, 64, 124, 125, 126, 127, 128, 129, 130, 500, 40_000) },
);
const step = fc.record({ op: fc.constantFrom("append", "leave", "grow", "shrink"), which: fc.nat(9999), quanta });

test.each([0, 600, 5000])("finds what a look at one block after the other finds (%i blocks at first)", (first) => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 300 }), fc.array(quanta), (steps, asked) => {
      const p = createPair();
      for (let n = 0; n < first; n++) append(p, 2 + (n % 3));
      for (const { op, which, quanta: size } of steps) {
        // Mostly near the front, where first fit works.
        const at = (which % 4 === 0 ? which : which % 40) % Math.max(1, p.model.length);
        const now = p.model[at]?.quanta ?? 0;
        if (op === "append") append(p, size);
        else if (op === "leave") resize(p, at, 0);
        else if (op === "grow") resize(p, at, now + size);
        else if (now >= size + 2) resize(p, at, size);
        expectSame(p, size);
        expectSame(p, 1 + (which % 130));
      }
      for (const size of asked) expectSame(p, size);
    }),
    { numRuns: 25 },
  );
});

test("places run out again and again, with few blocks and with ever more", () => {
  const p = createPair();
  for (let n = 0; n < 3000; n++) {
    append(p, 2 + ((n * 7) % 30));
    if (n % 3 !== 0) resize(p, (n * 5) % p.model.length, 0);
    if (n % 50 === 0) for (let size = 1; size < 40; size++) expectSame(p, size);
  }
  expect(p.x.capacity).toBe(2048);
  expect(p.model.map(({ block }) => entryOf(p.x, block))).toEqual(
    p.model.map(({ block }) => entryOf(p.x, block)).toSorted((a, b) => a - b),
  );
});

test("blocks that are all one quantum too large are passed over", () => {
  const p = createPair();
  for (let n = 0; n < BLOCKS - 1; n++) append(p, 5);
  expect(findFirst(p.m, p.x, 4)).toBe(-1);
  append(p, 9);
  expect(blockOf(p.x, findFirst(p.m, p.x, 4))).toBe(64 * (BLOCKS - 1));
});
