// Tests of encoding.ts.
import { expect, test } from "vitest";
import { createDecoder, encodingOf } from "./encoding.ts";

function decoded(bytes: Uint8Array, at: number): string {
  const decoder = createDecoder();
  const parts = [decoder.push(bytes.subarray(0, at)), decoder.push(bytes.subarray(at)), decoder.end()];
  return Buffer.concat(parts.map((part) => Uint8Array.from(part))).toString();
}

const TEXT = "Pool:   Heap — größer 🙂\n".repeat(5);
const WIDE = Buffer.from(TEXT, "utf16le");

test.each([
  ["UTF-8", Buffer.from(TEXT)],
  ["UTF-8 with a mark", Buffer.from(`\ufeff${TEXT}`)],
  ["UTF-16 with a mark", Buffer.from(`\ufeff${TEXT}`, "utf16le")],
  ["UTF-16 without", WIDE],
  ["big end first", Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16()],
  ["big end first without a mark", Buffer.from(WIDE).swap16()],
  ["zero bytes between", Buffer.from(TEXT.replaceAll("\n", "\n\u0000\u0000"))],
])("%s, cut in two anywhere", (_, bytes) => {
  for (let at = 0; at <= bytes.length; at++) expect(decoded(bytes, at)).toBe(TEXT);
});

test("short and odd ones", () => {
  expect(decoded(Buffer.from("a"), 0)).toBe("a");
  expect(decoded(new Uint8Array(), 0)).toBe("");
  expect(encodingOf(Buffer.from([65, 0, 66]))).toBe("UTF-8");
  expect(encodingOf(Buffer.from([65, 0, 66, 0]))).toBe("UTF-16LE");
});
