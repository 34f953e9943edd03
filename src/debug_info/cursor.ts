// Reads numbers and texts of debug information one after the other. What lies beyond the end reads as 0.
import { textAt } from "../base/elf_section.ts";

export interface Cursor {
  at: number;
  readonly end: number;
  u8(): number;
  u16(): number;
  u24(): number;
  u32(): number;
  u64(): number;
  /** 4 or 8 bytes. */
  sized(bytes: number): number;
  /** ULEB128 and SLEB128; exact below 2^53. */
  uleb(): number;
  sleb(): number;
  text(): string;
}

/** How a unit begins (DWARF 5, 7.4): where it ends, and the bytes of an offset in it. */
interface UnitHead {
  readonly end: number;
  readonly offset: 4 | 8;
}

/** Reads the length that a unit begins with; null for one without bytes, or one that leads out of the section. */
export function readUnitHead(cursor: Cursor): UnitHead | null {
  const short = cursor.u32();
  const offset = short === 0xffffffff ? 8 : 4;
  const length = offset === 8 ? cursor.u64() : short;
  const end = cursor.at + length;
  return length === 0 || end > cursor.end ? null : { end, offset };
}

/** A cursor over a part of the bytes. */
export function createCursor(bytes: Uint8Array, from = 0, to = bytes.length): Cursor {
  const end = Math.min(to, bytes.length);
  const little = (count: number): number => {
    let value = 0;
    for (let n = count - 1; n >= 0; n--) value = value * 256 + (bytes[cursor.at + n] ?? 0);
    cursor.at += count;
    return value;
  };
  const leb = (): { value: number; bits: number; negative: boolean } => {
    let value = 0;
    let bits = 0;
    let byte = 0x80;
    while (byte & 0x80 && cursor.at < end) {
      byte = bytes[cursor.at++] ?? 0;
      value += (byte & 0x7f) * 2 ** bits;
      bits += 7;
    }
    return { value, bits, negative: (byte & 0x40) !== 0 };
  };
  const cursor: Cursor = {
    at: from,
    end,
    u8: () => little(1),
    u16: () => little(2),
    u24: () => little(3),
    u32: () => little(4),
    u64: () => little(8),
    sized: little,
    uleb: () => leb().value,
    sleb() {
      const { value, bits, negative } = leb();
      return negative ? value - 2 ** bits : value;
    },
    text() {
      const text = textAt(bytes, cursor.at);
      cursor.at += text.length + 1;
      return text;
    },
  };
  return cursor;
}
