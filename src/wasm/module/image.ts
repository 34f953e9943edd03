// The data of a module before it runs: what its exported names point to.
import { textAt } from "../../base/elf_section.ts";
import type { Cursor } from "../../debug_info/cursor.ts";
import { type ModuleSection, SECTION } from "../format/sections.ts";
import { entriesOf, readExports, readLimits } from "../format/types.ts";

/** Memory as the module's data fills it; what no data lies in reads as 0. */
export interface Image {
  readonly word: 4 | 8;
  /** Bytes of memory that the module begins with. */
  readonly size: number;
  /** Where the first data lies. */
  readonly start: number;
  /** Value of an exported constant, such as the address of a variable; undefined where nothing has the name. */
  address(name: string): number | undefined;
  bytes(at: number, length: number): Uint8Array;
  u32(at: number): number;
  /** size_t or a pointer. */
  pointer(at: number): number;
  /** Up to the next NUL. */
  text(at: number): string;
}

/** Data of a module: `at` is its address, null where the code puts it into memory itself; `from` its place in the file. */
interface Segment {
  readonly at: number | null;
  readonly from: number;
  readonly length: number;
}

const PAGE = 65536;

export function readImage(bytes: Uint8Array, sections: readonly ModuleSection[]): Image {
  const { flags, min } = memoryLimits(bytes, sections);
  const word = flags & 4 ? 8 : 4;
  const segments = readSegments(bytes, sections);
  const constants = readConstants(bytes, sections);
  const image: Image = {
    word,
    size: min * PAGE,
    start: segments.reduce((least, { at }) => Math.min(least, at ?? least), min * PAGE),
    address: (name) => constants.get(name),
    bytes(at, length) {
      const found = new Uint8Array(length);
      for (const { at: start, from, length: have } of segments) {
        if (start === null) continue;
        const first = Math.max(at, start);
        const last = Math.min(at + found.length, start + have);
        if (first < last) found.set(bytes.subarray(from + first - start, from + last - start), first - at);
      }
      return found;
    },
    u32: (at) => number(image.bytes(at, 4)),
    pointer: (at) => number(image.bytes(at, word)),
    text(at) {
      for (let room = 64; ; room *= 2) {
        const have = image.bytes(at, room);
        const text = textAt(have, 0);
        if (text.length < room || room > bytes.length) return text;
      }
    },
  };
  return image;
}

function number(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}

function memoryLimits(bytes: Uint8Array, sections: readonly ModuleSection[]): { flags: number; min: number } {
  const { cursor, count } = entriesOf(bytes, sections, SECTION.memory);
  return count === 0 ? { flags: 0, min: 0 } : readLimits(cursor);
}

/** The data of a module, in its order. */
export function readSegments(bytes: Uint8Array, sections: readonly ModuleSection[]): Segment[] {
  const { cursor, count } = entriesOf(bytes, sections, SECTION.data);
  const segments: Segment[] = [];
  for (let n = 0; n < count; n++) {
    const kind = cursor.uleb();
    if (kind === 2) cursor.uleb();
    const at = kind === 1 ? null : readConstant(cursor);
    const length = cursor.uleb();
    segments.push({ at, from: cursor.at, length });
    cursor.at += length;
  }
  return segments;
}

/** The values of exported globals that never change. */
function readConstants(bytes: Uint8Array, sections: readonly ModuleSection[]): Map<string, number> {
  const { cursor, count } = entriesOf(bytes, sections, SECTION.global);
  const globals = Array.from({ length: count }, () => {
    cursor.u8();
    cursor.u8();
    return readConstant(cursor);
  });
  const constants = new Map<string, number>();
  for (const { name, kind, index } of readExports(bytes, sections)) {
    const value = kind === 3 ? globals[index] : undefined;
    if (value !== undefined && value !== null) constants.set(name, value);
  }
  return constants;
}

/** A constant expression: a number; null for any other. */
function readConstant(cursor: Cursor): number | null {
  const op = cursor.u8();
  let value: number | null = null;
  if (op === 0x41 || op === 0x42) value = cursor.sleb();
  else if (op === 0x43 || op === 0x44) cursor.at += op === 0x43 ? 4 : 8;
  else cursor.uleb();
  while (cursor.at < cursor.end && cursor.u8() !== 0x0b);
  return value;
}
