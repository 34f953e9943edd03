// Tests of piece_cutter.ts.
import fc from "fast-check";
import { expect, it } from "vitest";
import { putLatin1 } from "../text/latin1.ts";
import type { ConsolePiece } from "./console_rows.ts";
import { createPieceCutter } from "./piece_cutter.ts";

function cut(chunks: readonly Uint8Array[], flushAt = -1): ConsolePiece[] {
  const pieces: ConsolePiece[] = [];
  const cutter = createPieceCutter((piece) => pieces.push(piece));
  chunks.forEach((chunk, n) => {
    cutter.push(chunk, n, `question ${n}`);
    if (n === flushAt) cutter.flush();
  });
  cutter.flush();
  return pieces;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const texts = (pieces: readonly ConsolePiece[]): string[] => pieces.map(({ text }) => text);

it("gives lines with their ends, each with the time of its first byte and what was asked then", () => {
  const pieces = cut([bytes("I/TC: a\r\nI/T"), bytes("C: b"), bytes("\r\n\nc")]);
  expect(pieces).toEqual([
    { time: 0, during: "question 0", text: "I/TC: a\r\n" },
    { time: 0, during: "question 0", text: "I/TC: b\r\n" },
    { time: 2, during: "question 2", text: "\n" },
    { time: 2, during: "question 2", text: "c" },
  ]);
});

it("gives the same lines wherever the chunks end", () => {
  const text = bytes("D/TC:? 0 f:1 x\r\n\r\nE/TC:0 \xff\x80 y\nrest");
  const whole = texts(cut([text]));
  for (let at = 0; at <= text.length; at++)
    expect(texts(cut([text.subarray(0, at), text.subarray(at)])), `cut at ${at}`).toEqual(whole);
});

it("loses, adds and changes no byte, whatever comes; a piece is a line, or not longer than 4 KiB", () => {
  const chunk = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(new Uint8Array(5000).fill(65)));
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 8 }), fc.nat(8), (chunks, flushAt) => {
      const pieces = texts(cut(chunks, flushAt));
      const joined = pieces.join("");
      const back = new Uint8Array(joined.length);
      putLatin1(joined, back);
      expect(Buffer.from(back).equals(Buffer.concat(chunks))).toBe(true);
      for (const piece of pieces) {
        expect(piece.length).toBeLessThanOrEqual(4096);
        expect(piece.slice(0, -1)).not.toContain("\n");
      }
    }),
  );
});
