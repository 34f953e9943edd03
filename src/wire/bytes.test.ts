// Tests of bytes.ts.
import { describe, expect, it } from "vitest";
import { createReader, createWriter } from "./bytes.ts";

describe("a writer", () => {
  it("writes words with the lowest byte first, and halves of long ones with the lower first", () => {
    const writer = createWriter();
    writer.u32(0x04030201);
    writer.u64(0x0102030405060);
    writer.u32(0x1_0000_0002);
    writer.u32(-1);
    // 0x0102030405060: low word 0x30405060, high word 0x1020.
    expect([...writer.bytes()]).toEqual([
      1, 2, 3, 4, 0x60, 0x50, 0x40, 0x30, 0x20, 0x10, 0, 0, 2, 0, 0, 0, 255, 255, 255, 255,
    ]);
  });

  it.each([
    [0, 0],
    [1, 4],
    [3, 4],
    [4, 4],
    [5, 8],
  ])("fills %i bytes up to %i", (count, length) => {
    const writer = createWriter();
    writer.raw(new Uint8Array(count).fill(9));
    writer.pad();
    const bytes = writer.bytes();
    expect([...bytes]).toEqual([...new Uint8Array(count).fill(9), ...new Uint8Array(length - count)]);
  });

  it("keeps what it has wherever its room ends", () => {
    for (let first = 0; first < 200; first++) {
      const writer = createWriter();
      writer.raw(new Uint8Array(first).fill(7));
      writer.u32(0x0a0b0c0d);
      writer.raw(Uint8Array.of(1, 2, 3));
      writer.u64(5);
      expect([...writer.bytes()]).toEqual([
        ...new Uint8Array(first).fill(7),
        13,
        12,
        11,
        10,
        1,
        2,
        3,
        5,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
      ]);
    }
  });
});

describe("a reader", () => {
  it("reads what was written, and says what is left", () => {
    const reader = createReader(Uint8Array.of(1, 0, 0, 0x80, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0, 7, 8, 0, 0));
    expect([reader.left, reader.u32(), reader.left]).toEqual([16, 0x80000001, 12]);
    expect([reader.u64(), reader.left]).toEqual([2 ** 53 - 1, 4]);
    expect([[...reader.raw(2)], reader.left]).toEqual([[7, 8], 2]);
    reader.pad();
    expect([reader.left, reader.failed]).toEqual([0, false]);
  });

  it("reads within its part of a larger buffer, and gives copies", () => {
    const whole = Uint8Array.of(9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9);
    const reader = createReader(whole.subarray(4, 12));
    const word = reader.u32();
    const copy = reader.raw(4);
    whole.fill(0);
    expect([word, [...copy], reader.left]).toEqual([0x04030201, [5, 6, 7, 8], 0]);
    expect([reader.u32(), reader.failed]).toEqual([0, true]);
  });

  it.each([
    [[0, 0, 0, 0, 0, 0, 0x20, 0], true],
    [[255, 255, 255, 255, 255, 255, 0x1f, 0], false],
    [[0, 0, 0, 0, 0, 0, 0, 0x80], true],
    [[0, 0, 0, 0, 0, 0, 0], true],
  ])("a long word of %j fails: %s", (bytes, failed) => {
    const reader = createReader(Uint8Array.from(bytes));
    const value = reader.u64();
    expect([value, reader.failed]).toEqual([failed ? 0 : 2 ** 53 - 1, failed]);
  });

  it("stays failed, and everything behind is zero", () => {
    const reader = createReader(Uint8Array.of(1, 2, 3));
    expect([reader.u32(), reader.failed]).toEqual([0, true]);
    expect([reader.u32(), reader.u64(), [...reader.raw(1)]]).toEqual([0, 0, []]);
    reader.pad();
    expect(reader.failed).toBe(true);
    const longer = createReader(Uint8Array.of(1, 2, 3, 4));
    expect([[...longer.raw(5)], longer.failed]).toEqual([[], true]);
  });

  it.each([
    [[1, 0, 0, 0], false],
    [[1, 0, 0, 1], true],
    [[1, 1, 0, 0], true],
    [[1, 0, 0], true],
  ])("what %j is filled up with must be zero, and there: fails %s", (bytes, failed) => {
    const reader = createReader(Uint8Array.from(bytes));
    reader.raw(1);
    reader.pad();
    expect(reader.failed).toBe(failed);
  });

  it("skips nothing where a word is whole", () => {
    const reader = createReader(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
    reader.u32();
    reader.pad();
    expect([reader.left, reader.failed]).toEqual([4, false]);
  });
});
