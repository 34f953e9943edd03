// ELF files as the System V ABI describes them (gABI 4.1, chapters 4 and 5): little endian, 32 and 64 bit.
import { countLeading } from "./bisect.ts";
import { err, ok, type Result } from "./result.ts";

/** A range of memory that the file has bytes for. */
interface ElfSegment {
  /** Virtual address. */
  readonly address: number;
  /** Bytes of the file, not copied. */
  readonly bytes: Uint8Array;
}

export interface Elf {
  readonly word: 4 | 8;
  /** A memory dump (ET_CORE), not a program. */
  readonly core: boolean;
  /** By address; parts that lie next to each other are not joined. */
  readonly segments: readonly ElfSegment[];
}

const PT_LOAD = 1;
const ET_CORE = 4;
const MAX_NAME = 4096;
const DOT = 0x2e;
/** Endings of the names of source files. */
const ENDINGS = new Set(["c", "h", "S", "s", "cc", "cpp", "cxx", "hpp", "rs"]);
const LONGEST_ENDING = 3;

/** True if the bytes begin as an ELF file does. */
export function isElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

/** Reads the loadable segments of an ELF file. Errors: not ELF, big endian, headers that lead out of the file. */
export function readElf(bytes: Uint8Array): Result<Elf> {
  if (!isElf(bytes)) return err("not an ELF file");
  if (bytes[5] !== 1) return err("a big-endian ELF file; OP-TEE runs little endian");
  if (bytes[4] !== 1 && bytes[4] !== 2) return err("an ELF file of an unknown class");
  const wide = bytes[4] === 2;
  if (bytes.length < (wide ? 64 : 52)) return err("the ELF header is cut off");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (at: number): number => (wide ? Number(view.getBigUint64(at, true)) : view.getUint32(at, true));
  const table = word(wide ? 32 : 28);
  const entry = view.getUint16(wide ? 54 : 42, true);
  const count = view.getUint16(wide ? 56 : 44, true);
  if (count > 0 && (entry < (wide ? 56 : 32) || table + count * entry > bytes.length))
    return err("the program headers of the ELF file are cut off");
  const segments: ElfSegment[] = [];
  let held = 0;
  for (let n = 0; n < count; n++) {
    const at = table + n * entry;
    if (view.getUint32(at, true) !== PT_LOAD) continue;
    const [offset, address, size] = wide
      ? [word(at + 8), word(at + 16), word(at + 32)]
      : [word(at + 4), word(at + 8), word(at + 16)];
    if (offset + size > bytes.length) return err(`segment ${n} of the ELF file is cut off`);
    held += size;
    // Each may be looked at for as long as it is.
    if (held > 2 * bytes.length) return err("the segments of the ELF file share its bytes; it is damaged");
    if (size > 0) segments.push({ address, bytes: bytes.subarray(offset, offset + size) });
  }
  segments.sort((a, b) => a.address - b.address);
  return ok({ word: wide ? 8 : 4, core: view.getUint16(16, true) === ET_CORE, segments });
}

/** The C string at an address, if the file has it: printable ASCII of at most 4,096 bytes. */
export function stringAt({ segments }: Elf, address: number): string | undefined {
  const segment = segmentAt(segments, address);
  if (segment === undefined || address >= segment.address + segment.bytes.length) return undefined;
  const from = address - segment.address;
  const end = segment.bytes.indexOf(0, from);
  if (end < 0 || end === from || end - from > MAX_NAME) return undefined;
  const text = segment.bytes.subarray(from, end);
  return text.every((byte) => byte >= 0x20 && byte < 0x7f) ? new TextDecoder().decode(text) : undefined;
}

/** Addresses of all strings that look like the path of a source file: printable, without blanks, up to a known ending. */
export function sourcePaths(elf: Elf): number[] {
  const found: number[] = [];
  for (const { address, bytes } of elf.segments)
    for (let dot = bytes.indexOf(DOT); dot >= 0; dot = bytes.indexOf(DOT, dot + 1)) {
      const zero = bytes.subarray(dot, dot + LONGEST_ENDING + 2).indexOf(0);
      if (zero < 2 || !ENDINGS.has(String.fromCharCode(...bytes.subarray(dot + 1, dot + zero)))) continue;
      let from = dot;
      while (from > 0 && dot - from < MAX_NAME && isPathByte(bytes[from - 1] ?? 0)) from--;
      if (from < dot && (from === 0 || bytes[from - 1] === 0)) found.push(address + from);
    }
  return found;
}

/** Letters, digits and marks of a path. */
function isPathByte(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x25;
}

/** The last segment that does not begin behind an address. */
function segmentAt(segments: readonly ElfSegment[], address: number): ElfSegment | undefined {
  return segments[countLeading(segments.length, (n) => (segments[n] as ElfSegment).address <= address) - 1];
}
