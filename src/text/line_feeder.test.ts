// Tests of line_feeder.ts.
import { expect, test } from "vitest";
import { createLineFeeder } from "./line_feeder.ts";

const LONGEST = 65536;

function linesOf(pieces: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  const feeder = createLineFeeder((bytes, from, to) => lines.push(Buffer.from(bytes.subarray(from, to)).toString()));
  for (const piece of pieces) feeder.push(piece);
  feeder.end();
  return lines;
}

test("lines are the same wherever the stream is cut in two", () => {
  const text = Buffer.from("one\r\n\ntwo\n\rthree\nfour");
  for (let at = 0; at <= text.length; at++) {
    expect(linesOf([text.subarray(0, at), text.subarray(at)])).toEqual(["one", "", "two", "three", "four"]);
  }
});

test("what has no newline is cut into lines of 64 KiB, and looked through once", () => {
  let looked = 0;
  class Counted extends Uint8Array {
    override indexOf(byte: number, from = 0): number {
      const found = super.indexOf(byte, from);
      looked += (found < 0 ? this.length : found + 1) - from;
      return found;
    }
    override subarray(from?: number, to?: number): Uint8Array<ArrayBuffer> {
      return Uint8Array.prototype.subarray.call(new Uint8Array(this.buffer), from, to) as Uint8Array<ArrayBuffer>;
    }
  }
  const piece = new Counted(40 * LONGEST).fill(97);
  expect(linesOf([piece]).map(({ length }) => length)).toEqual(Array(40).fill(LONGEST));
  expect(looked).toBeLessThanOrEqual(piece.length);
  piece[piece.length - 1] = 10;
  looked = 0;
  expect(linesOf([piece])).toHaveLength(40);
  expect(looked).toBeLessThanOrEqual(piece.length);
});
