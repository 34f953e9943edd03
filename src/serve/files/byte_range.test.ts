// Tests of the header Range: RFC 9110, section 14.
import { expect, test } from "vitest";
import { byteRange } from "./byte_range.ts";

test.each([
  ["bytes=0-0", { first: 0, last: 0 }],
  ["bytes=2-5", { first: 2, last: 5 }],
  ["bytes=2-", { first: 2, last: 9 }],
  ["bytes=2-99", { first: 2, last: 9 }],
  ["bytes=-3", { first: 7, last: 9 }],
  ["bytes=-99", { first: 0, last: 9 }],
  ["bytes=9-", { first: 9, last: 9 }],
  ["bytes=10-", "outside"],
  ["bytes=10-12", "outside"],
  ["bytes=-0", "outside"],
  ["bytes=5-2", null],
  ["bytes=-", null],
  ["bytes=0-1,3-4", null],
  ["bytes= 0-1", null],
  ["lines=0-1", null],
  ["bytes=0x1-2", null],
  [`bytes=${"9".repeat(400)}-`, null],
  ["", null],
  [undefined, null],
])("%s of ten bytes", (header, expected) => expect(byteRange(header, 10)).toEqual(expected));

test.each(["bytes=0-", "bytes=0-0", "bytes=-1"])("%s of an empty file", (header) => {
  expect(byteRange(header, 0)).toBe("outside");
});
