// Tests of the parts of places.
import { expect, test } from "vitest";
import { placeParts } from "./place_parts.ts";

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
