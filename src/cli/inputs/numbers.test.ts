// Tests of numbers.ts.
import { expect, test } from "vitest";
import { hex, parseSize } from "./numbers.ts";

test.each([
  ["65536", 65536],
  ["64k", 65536],
  ["64K", 65536],
  ["64KiB", 65536],
  ["0x10000", 65536],
  ["1M", 1048576],
  ["2g", 2 ** 31],
  ["0", 0],
])("%s is %i bytes", (text, size) => {
  expect(parseSize(text)).toEqual({ ok: true, value: size });
});

test.each(["", "k", "-1", "1.5k", "64 k", "0x", "1T", "99999999999999999", "64kk"])("'%s' is no size", (text) => {
  expect(parseSize(text).ok).toBe(false);
});

test("addresses are hexadecimal", () => {
  expect(hex(0xe1c53e0)).toBe("0xe1c53e0");
});
