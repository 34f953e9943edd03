// Tests of input_kind.ts.
import { expect, test } from "vitest";
import { inputKind } from "./input_kind.ts";

const PIECE = 2 ** 20;
const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1");

test.each([
  ["arrow", "\xff\xff\xff\xff\x10\0\0\0"],
  ["arrow-file", "ARROW1\0\0"],
  ["golden", "arena 4096\nm 1 8\n"],
  ["xtest", "Pool:                Heap\n"],
  ["xtest", "noise\n  Pool:                Heap\n"],
  ["console", "I/TC: buffer: 24 bytes core/mm/tee_mm.c:19\n"],
])("%s is told by %j", (kind, text) => expect(inputKind(bytes(text))).toBe(kind));

test.each(["", "\n", "Carpool:     Heap\n", "hello\n"])("%j is nothing", (text) =>
  expect(inputKind(bytes(text))).toBe(null),
);

test("a report is found wherever it begins in a large log", () => {
  for (const before of [PIECE - 300, PIECE - 20, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE - 5]) {
    const noise = `${"x".repeat(before - 1)}\n`;
    expect(inputKind(bytes(`${noise}Pool:                Heap\n`))).toBe("xtest");
    expect(inputKind(bytes(`${noise.slice(0, -1)}yPool:                Heap\n`))).toBe(null);
  }
});
