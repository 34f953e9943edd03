// Tests of memory.ts.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSentinel, setSize } from "./block.ts";
import { geometryOf } from "./geometry.ts";
import { createMemory, load, loadAddress, type Memory, store } from "./memory.ts";
import { HeapPanic } from "./panic.ts";

function memory(word: 4 | 8, base = 0x40000000): Memory {
  return createMemory(new Uint8Array(64).fill(0x11), { word, base });
}

describe.each([4, 8] as const)("words of %i bytes", (word) => {
  const max = word === 4 ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;
  const value = fc.oneof(
    fc.integer({ min: -max, max }),
    fc.constantFrom(
      0,
      -1,
      1,
      max,
      -max,
      -(2 ** 31),
      ...(word === 8 ? [2 ** 31, 2 ** 32, -(2 ** 32), -(2 ** 32) - 1] : []),
    ),
  );

  test("what is stored at any offset is loaded again, and stands there as C has it", () => {
    fc.assert(
      fc.property(value, fc.nat(64 - word), (n, at) => {
        const m = memory(word);
        store(m, at, n);
        expect(load(m, at)).toBe(n);
        const bits = BigInt.asUintN(8 * word, BigInt(n));
        const stored = word === 4 ? BigInt(m.view.getUint32(at, true)) : m.view.getBigUint64(at, true);
        expect(stored).toBe(bits);
        const around = [...m.bytes.subarray(0, at), ...m.bytes.subarray(at + word)];
        expect(around.every((byte) => byte === 0x11)).toBe(true);
      }),
    );
  });

  test("addresses are unsigned, sizes are signed", () => {
    const m = memory(word);
    const top = word === 4 ? 0xfffffff0 : 2 ** 52 + 16;
    store(m, 3, top);
    expect(loadAddress(m, 3)).toBe(top);
    store(m, 8, -16);
    expect(load(m, 8)).toBe(-16);
    expect(loadAddress(m, 8)).toBe(word === 4 ? 2 ** 32 - 16 : 2 ** 64 - 16);
  });

  test("the sentinel is known by all of its bits", () => {
    const m = memory(word);
    const { sentinel } = geometryOf(word);
    setSize(m, 0, sentinel);
    expect(isSentinel(m, 0)).toBe(true);
    for (let bit = 0; bit < 8 * word; bit++) {
      const at = word + (bit >> 3);
      m.bytes[at] = (m.bytes[at] as number) ^ (1 << (bit & 7));
      expect(isSentinel(m, 0)).toBe(false);
      m.bytes[at] = (m.bytes[at] as number) ^ (1 << (bit & 7));
    }
  });

  test("outside of the memory is a data abort, as on the processor", () => {
    const m = memory(word);
    for (const at of [-1, -word, 64, 65 - word, 2 ** 31, 2 ** 40, -(2 ** 40), Number.NaN]) {
      expect(() => load(m, at)).toThrow(HeapPanic);
      expect(() => store(m, at, 1)).toThrow(/data-abort: write outside the memory/);
    }
    store(m, 64 - word, 7);
    expect(load(m, 64 - word)).toBe(7);
  });
});

test("bytes that do not start at a multiple of 4 are copied, others are used as they are", () => {
  const buffer = new ArrayBuffer(64);
  const even = new Uint8Array(buffer, 4, 32);
  const odd = new Uint8Array(buffer, 5, 32).fill(9);
  expect(createMemory(even, { word: 4 }).bytes).toBe(even);
  const copied = createMemory(odd, { word: 8 });
  expect(copied.bytes).not.toBe(odd);
  expect([...copied.bytes]).toEqual([...odd]);
});

test("lengths that are no multiple of 4 can be used to their end", () => {
  const m = createMemory(new Uint8Array(15), { word: 4 });
  store(m, 11, 0x01020304);
  expect(load(m, 11)).toBe(0x01020304);
  expect(() => load(m, 12)).toThrow(HeapPanic);
});

test.each([-1, 0.5, 2 ** 53])("%d is no base address", (base) => {
  expect(() => createMemory(new Uint8Array(16), { word: 8, base })).toThrow("base is an address");
});

test("a Buffer at an odd offset is copied, too: its own slice is no copy", () => {
  const odd = Buffer.from([9, 1, 2, 3, 4, 5, 6, 7, 8]).subarray(1);
  const m = createMemory(odd, { word: 4 });
  expect(m.bytes.byteOffset % 4).toBe(0);
  expect([...m.bytes]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});
