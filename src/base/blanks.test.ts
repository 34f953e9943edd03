// Tests of blanks.ts.
import { expect, test } from "vitest";
import { pastBlanks } from "./blanks.ts";

test.each([
  ["", 0, 0],
  ["a", 0, 0],
  [" \t\n\v\f\r a", 0, 7],
  ["\b", 0, 0],
  ["\x0e", 0, 0],
  ["ab  c", 2, 4],
  ["ab  ", 2, 4],
  ["ab", 2, 2],
])("%j from %i: %i", (text, at, next) => expect(pastBlanks(Buffer.from(text, "latin1"), at)).toBe(next));
