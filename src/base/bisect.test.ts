// Tests of bisect.ts.
import { expect, test } from "vitest";
import { countLeading } from "./bisect.ts";

test("every count of every length, in no more questions than halving takes", () => {
  for (let length = 0; length <= 33; length++)
    for (let count = 0; count <= length; count++) {
      let asked = 0;
      const found = countLeading(length, (index) => {
        expect(index >= 0 && index < length).toBe(true);
        asked++;
        return index < count;
      });
      expect([length, found]).toEqual([length, count]);
      // 33 things have 34 answers, which six questions tell apart.
      expect(asked).toBeLessThanOrEqual(Math.ceil(Math.log2(length + 1)));
    }
});
