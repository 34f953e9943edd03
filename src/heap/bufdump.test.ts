// Tests of bufdump.ts.
import { describe, expect, test } from "vitest";
import { bareHeap } from "../../test/support/heaps.ts";
import { bget } from "./bget.ts";
import { setSize } from "./block.ts";
import { bufdump } from "./bufdump.ts";

const A_ROW = "61 62 63 64 65 66 67 68 69 6A 6B 6C 6D 6E 6F 70    abcdefghijklmnop";
const ROW_OF_55 = `${"55 ".repeat(16)}   ${"U".repeat(16)}`;

function dumpOf(length: number, fill: (bytes: Uint8Array) => void): string[] {
  const { h } = bareHeap(100);
  const buffer = bget(h, 0, 0, length);
  fill(h.memory.bytes.subarray(buffer, buffer + length));
  return bufdump(h, buffer);
}

describe("bufdump", () => {
  test("16 bytes a line in hexadecimal and as text", () => {
    const rows = dumpOf(32, (bytes) => {
      bytes.set([...Array(16).keys()].map((n) => 0x61 + n));
      bytes.set([0x1f, 0x20, 0x7e, 0x7f, 0x80, 0xff], 16);
    });
    expect(rows[0]).toBe(A_ROW);
    expect(rows[1]).toBe(`1F 20 7E 7F 80 FF ${"00 ".repeat(10)}     ~${" ".repeat(13)}`);
  });

  test.each([
    [1, [A_ROW]],
    [2, [A_ROW, A_ROW]],
    [3, [A_ROW, A_ROW, A_ROW]],
    [4, [A_ROW, "     (2 lines [32 bytes] identical to above line skipped)", A_ROW]],
    [9, [A_ROW, "     (7 lines [112 bytes] identical to above line skipped)", A_ROW]],
  ])("%i equal lines: the last is always shown, a single repeated one is not folded", (count, expected) => {
    const rows = dumpOf(16 * count, (bytes) => bytes.set([...bytes.keys()].map((n) => 0x61 + (n % 16))));
    expect(rows).toEqual(expected);
  });

  test("of a free block, what lies behind its links", () => {
    const { h, pool } = bareHeap(6, { freeWipe: true });
    expect(bufdump(h, pool.at + 16)).toEqual([ROW_OF_55, ROW_OF_55, ROW_OF_55]);
  });

  test("a size of 0, or one that leads out of the memory, panics", () => {
    const { h } = bareHeap(20);
    const buffer = bget(h, 0, 0, 16);
    for (const size of [0, -(2 ** 40), 2 ** 62]) {
      setSize(h.memory, buffer - 16, size);
      expect(() => bufdump(h, buffer)).toThrow(/block/);
    }
  });
});
