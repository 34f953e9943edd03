// Tests of interner.ts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createInterner } from "./interner.ts";

test("gives equal texts equal numbers, in the order of their first appearance", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 2000 }), (texts) => {
      const bytes = new TextEncoder().encode(texts.join(""));
      const interner = createInterner();
      const known = new Map<string, number>();
      let at = 0;
      for (const text of texts) {
        const length = new TextEncoder().encode(text).length;
        expect(interner.find(bytes, at, at + length)).toBe(known.get(text) ?? -1);
        if (!known.has(text)) known.set(text, known.size);
        expect(interner.indexOf(bytes, at, at + length)).toBe(known.get(text));
        at += length;
      }
      expect(interner.names()).toEqual([...known.keys()]);
    }),
    { numRuns: 50 },
  );
});
