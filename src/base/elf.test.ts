// Tests of elf.ts.
import { describe, expect, it } from "vitest";
import { elfOf } from "../../test/support/elf.ts";
import { type Elf, isElf, readElf, stringAt } from "./elf.ts";

const text = new TextEncoder().encode("core/tee/x.c\0\x01\0");

describe.each([
  ["64 bit", true],
  ["32 bit", false],
])("an ELF file of %s", (_name, wide) => {
  const file = elfOf(wide, 4, 0x8000, text);

  it("has its segments and strings", () => {
    const elf = readElf(file);
    expect(elf).toMatchObject({ ok: true, value: { word: wide ? 8 : 4, core: true } });
    if (!elf.ok) return;
    expect(elf.value.segments.map(({ address, bytes }) => [address, bytes.length])).toEqual([[0x8000, text.length]]);
    const at = (address: number): string | undefined => stringAt(elf.value as Elf, address);
    expect([at(0x8000), at(0x8005), at(0x7fff), at(0x800c), at(0x800d), at(0x9000)]).toEqual([
      "core/tee/x.c",
      "tee/x.c",
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is refused wherever it is cut off, and never throws", () => {
    for (let length = 0; length < file.length; length++) {
      const cut = file.subarray(0, length);
      expect(readElf(cut).ok, String(length)).toBe(false);
      expect(isElf(cut)).toBe(length >= 4);
    }
  });
});

it("other byte orders and classes are refused", () => {
  const file = elfOf(true, 2, 0, text);
  expect(readElf(Uint8Array.from(file, (byte, n) => (n === 5 ? 2 : byte)))).toMatchObject({
    error: expect.stringContaining("big-endian"),
  });
  expect(readElf(Uint8Array.from(file, (byte, n) => (n === 4 ? 3 : byte)))).toMatchObject({
    error: expect.stringContaining("class"),
  });
  expect(readElf(file)).toMatchObject({ value: { core: false } });
});

it("a file whose segments share its bytes is refused", () => {
  const file = new Uint8Array(64 + 3 * 56 + 1000);
  const view = new DataView(file.buffer);
  file.set(elfOf(true, 4, 0, text).subarray(0, 64));
  view.setUint16(56, 3, true);
  for (const [n, size] of [1000, 1000, 464].entries()) {
    view.setUint32(64 + 56 * n, 1, true);
    view.setBigUint64(64 + 56 * n + 32, BigInt(size), true);
  }
  // The file has 1232 bytes, the segments 2464.
  expect(readElf(file)).toMatchObject({ ok: true });
  view.setBigUint64(64 + 56 * 2 + 32, 465n, true);
  expect(readElf(file)).toEqual({ ok: false, error: "the segments of the ELF file share its bytes; it is damaged" });
});
