// Tests of the parts of places.
import { expect, test } from "vitest";
import { lastPart, placeParts, sameEnd } from "./place_parts.ts";

test.each([
  ["core/mm/mobj.c:387", "core/mm/mobj.c", 387],
  ["C:/ta/x.c:12", "C:/ta/x.c", 12],
  ["x.c", "x.c", 0],
  ["x.c:", "x.c:", 0],
  ["x.c:1e3", "x.c:1e3", 0],
  ["x.c:0x10", "x.c:0x10", 0],
  ["x.c:1234567890", "x.c:1234567890", 0],
  [":7", ":7", 0],
  ["a\nb:3", "a\nb", 3],
  ["", "", 0],
])("of %j", (place, file, line) => {
  expect(placeParts(place)).toEqual({ file, line });
});

test.each([
  ["ta/x.c", "x.c", true],
  ["x.c:7", "rec/ta/x.c:7", true],
  ["x.c", "x.c", true],
  ["xx.c", "x.c", false],
  ["rec/x.c", "ta/x.c", false],
  ["", "x.c", false],
])("%j and %j end alike: %j", (one, other, alike) => {
  expect([sameEnd(one, other), sameEnd(other, one)]).toEqual([alike, alike]);
  if (alike) expect(lastPart(one)).toBe(lastPart(other));
});
