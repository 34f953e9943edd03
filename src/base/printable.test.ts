import { expect, test } from "vitest";
import { clip, printable, printableLines } from "./printable.ts";

test("control characters are shown as what they are", () => {
  expect(printable("a\x1b[2Jb\n\x7f\x9bé…")).toBe("a\\x1b[2Jb\\x0a\\x7f\\x9bé…");
  expect(printableLines("a\x1b\nb\r\n")).toBe("a\\x1b\nb\\x0d\n");
});

test("long words are cut", () => {
  expect(clip("x".repeat(60))).toBe("x".repeat(60));
  expect(clip("x".repeat(61))).toBe(`${"x".repeat(60)}…`);
  expect(clip("a\nbc", 3)).toBe("a\\x0ab…");
});
