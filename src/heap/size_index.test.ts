// The index by size beside a plain list of blocks, with so few sizes that rings get long and records late.
import fc from "fast-check";
import { expect, test } from "vitest";
import { findRing, ringOf } from "./class_bits.ts";
import { createSizeIndex, enterLast, leave, resize } from "./size_index.ts";
import { findBest, recordsOf } from "./size_search.ts";

const BYTES = 64 * 1024;

/** Blocks in the order of the list. */
type Model = { record: number; quanta: number }[];

function best(model: Model, quanta: number): number {
  let found = { record: -1, quanta: Number.POSITIVE_INFINITY };
  for (const block of model) {
    const fits = block.quanta >= quanta && block.quanta !== quanta + 1;
    if (fits && block.quanta < found.quanta) found = block;
  }
  return found.record;
}

const step = fc.record({
  op: fc.constantFrom("append", "leave", "resize", "resize", "best"),
  which: fc.nat(9999),
  quanta: fc.oneof({ weight: 30, arbitrary: fc.integer({ min: 2, max: 5 }) }, fc.constantFrom(70, 1100, 4000, 9000)),
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
        const x = createSizeIndex(BYTES, wide);
        const model: Model = [];
        let next = 0;
        const append = (quanta: number) => {
          const record = 16 * next++;
          enterLast(x, record, quanta);
          model.push({ record, quanta });
        };
        for (let n = 0; n < first; n++) append(2);
        for (const { op, which, quanta } of steps) {
          const at = which % Math.max(1, model.length);
          const block = model[at];
          if (op === "append") append(quanta);
          else if (op === "best") expect(findBest(x, quanta)).toBe(best(model, quanta));
          else if (block !== undefined && op === "leave") {
            leave(x, block.record, block.quanta);
            model.splice(at, 1);
          } else if (block !== undefined) {
            resize(x, block.record, block.quanta, quanta);
            block.quanta = quanta;
          }
          for (let q = 1; q < 8; q++) expect(findBest(x, q)).toBe(best(model, q));
        }
        // In the end as they are taken one after the other.
        while (model.length > 0) {
          const record = findBest(x, 2);
          expect(record).toBe(best(model, 2));
          const at = model.findIndex((block) => block.record === record);
          if (at < 0) break;
          leave(x, record, model[at]?.quanta ?? 0);
          model.splice(at, 1);
        }
      }),
      { numRuns: 30 },
    );
  },
);

test("a record that belongs far from both ends of a long ring waits beside it, and takes its turn", () => {
  const x = createSizeIndex(BYTES, true);
  for (let n = 0; n < 1000; n++) enterLast(x, 16 * n, n % 2 === 0 ? 4 : 6);
  // Of the ring of 4, half are before this one and half behind.
  resize(x, 16 * 501, 6, 4);
  expect(x.lateCount).toBe(1);
  expect(recordsOf(x, ringOf(x, 4))).toHaveLength(501);
  const taken = Array.from({ length: 253 }, () => {
    const record = findBest(x, 4);
    leave(x, record, 4);
    return record / 16;
  });
  expect(taken).toEqual([...Array.from({ length: 251 }, (_, n) => 2 * n), 501, 502]);
  expect(x.lateCount).toBe(0);
});

test("a record that belongs near the front of a long ring goes there at once", () => {
  const x = createSizeIndex(BYTES, true);
  for (let n = 0; n < 1000; n++) enterLast(x, 16 * n, n % 2 === 0 ? 4 : 6);
  resize(x, 16, 6, 4);
  expect(x.lateCount).toBe(0);
  expect(recordsOf(x, ringOf(x, 4))).toHaveLength(501);
  const taken = [0, 1, 2].map(() => {
    const record = findBest(x, 4);
    leave(x, record, 4);
    return record / 16;
  });
  expect(taken).toEqual([0, 1, 2]);
});

test("a search among the largest blocks leaves the others to be found", () => {
  const x = createSizeIndex(16 * 1024 * 1024, true);
  enterLast(x, 16, 20_000);
  for (const quanta of [x.large - 2, x.large - 1, x.large, x.large + 1, 40_000]) {
    expect(findBest(x, quanta)).toBe(-1);
    expect(findRing(x, quanta)).toBe(-1);
    expect(findBest(x, 900)).toBe(16);
  }
  enterLast(x, 32, x.large + 5);
  expect(findBest(x, x.large - 1)).toBe(32);
  expect(findBest(x, x.large + 4)).toBe(-1);
  expect(findBest(x, 900)).toBe(16);
});
