// Tests of near.ts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { edits, FAR, findNear } from "./near.ts";

/** Edit distance, the plain way. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : i)),
  );
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const row = rows[i] as number[];
      const above = rows[i - 1] as number[];
      const changed = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(changed, (above[j] as number) + 1, (row[j - 1] as number) + 1);
    }
  return rows[a.length]?.[b.length] ?? 0;
}

const short = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });

test("edits is the edit distance up to two", () => {
  fc.assert(
    fc.property(short, short, (a, b) => {
      expect(edits(a, b)).toBe(Math.min(FAR, distance(a, b)));
    }),
    { numRuns: 2000 },
  );
});

test("the nearest piece of a text has the errors it says, and none has fewer", () => {
  fc.assert(
    fc.property(short, fc.string({ unit: fc.constantFrom("a", "b"), minLength: 2, maxLength: 4 }), (text, word) => {
      const found = findNear(text, word, 0, word.length);
      let least = word.length;
      for (let from = 0; from <= text.length; from++)
        for (let to = from; to <= text.length; to++) least = Math.min(least, distance(text.slice(from, to), word));
      if (found === undefined) expect(text).toBe("");
      else {
        expect(found.errors).toBe(least);
        expect(distance(text.slice(found.from, found.to), word)).toBe(found.errors);
      }
    }),
    { numRuns: 2000 },
  );
});

test("a destroyed word is found where it stood", () => {
  expect(findNear("I/TC: bu#fer: 24 bytes", "buffer: ", 0, 2)).toEqual({ from: 6, to: 14, errors: 1 });
  expect(findNear("I/TC: ######: 24 bytes", "buffer: ", 0, 2)).toBeUndefined();
});
