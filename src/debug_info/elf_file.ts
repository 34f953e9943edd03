// Sections and symbols of a program in ELF, as linkers write them: gABI 4.1, chapters 4; little endian.
import { isElf } from "../base/elf.ts";
import { err, ok, type Result } from "../base/result.ts";

interface Section {
  readonly name: string;
  /** Link address of its first byte, 0 for one that is not loaded. */
  readonly address: number;
  readonly size: number;
  /** Its instructions can be executed. */
  readonly code: boolean;
  /** It is loaded, and the file has its bytes. */
  readonly loaded: boolean;
  /** Of the file, not copied; empty for a section without bytes. */
  readonly bytes: Uint8Array;
}

export interface ElfSymbol {
  readonly name: string;
  readonly address: number;
  readonly size: number;
  readonly func: boolean;
  /** Other files of the program can name it. */
  readonly global: boolean;
}

export interface ElfFile {
  readonly word: 4 | 8;
  /** EM_…: 40 for Arm, 183 for AArch64. */
  readonly machine: number;
  readonly sections: readonly Section[];
  readonly symbols: readonly ElfSymbol[];
}

const SHT_NOBITS = 8;
const SHF_ALLOC = 2;
const SHF_EXECINSTR = 4;
const STT_FUNC = 2;
const MOST_SYMBOLS = 2 ** 20;

/** Reads section and symbol tables. Errors: no ELF file, big endian, without sections, tables that lead out of the file. */
export function readElfFile(bytes: Uint8Array): Result<ElfFile> {
  if (!isElf(bytes) || bytes.length < 64) return err("not an ELF file");
  if (bytes[5] !== 1) return err("a big-endian ELF file; OP-TEE runs little endian");
  const wide = bytes[4] === 2;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (at: number): number => (wide ? Number(view.getBigUint64(at, true)) : view.getUint32(at, true));
  const table = word(wide ? 40 : 32);
  const entry = view.getUint16(wide ? 58 : 46, true);
  const count = view.getUint16(wide ? 60 : 48, true);
  const names = view.getUint16(wide ? 62 : 50, true);
  const least = wide ? 64 : 40;
  if (count === 0) return err("the ELF file has no sections: it was stripped");
  if (entry < least || table + count * entry > bytes.length) return err("the section table of the ELF file is cut off");

  const raw = Array.from({ length: count }, (_, n) => {
    const at = table + n * entry;
    const step = wide ? 8 : 4;
    const flags = word(at + 8);
    const [address, offset, size] = [0, 1, 2].map((i) => word(at + 8 + step * (i + 1))) as [number, number, number];
    const type = view.getUint32(at + 4, true);
    const kept = type === SHT_NOBITS || offset + size > bytes.length ? 0 : size;
    const part = bytes.subarray(offset, offset + kept);
    return { name: view.getUint32(at, true), type, flags, address, size, part };
  });
  const text = raw[names]?.part ?? new Uint8Array(0);
  const sections = raw.map(({ name, flags, address, size, part }) => ({
    name: textAt(text, name),
    address,
    size,
    code: (flags & SHF_EXECINSTR) !== 0,
    loaded: (flags & SHF_ALLOC) !== 0 && part.length > 0,
    bytes: part,
  }));
  const machine = view.getUint16(18, true);
  return ok({ word: wide ? 8 : 4, machine, sections, symbols: symbolsOf(sections, wide) });
}

/** The section of a name; empty where there is none. */
export function sectionBytes({ sections }: ElfFile, name: string): Uint8Array {
  return sections.find((section) => section.name === name)?.bytes ?? new Uint8Array(0);
}

/** The text up to the next zero byte. */
export function textAt(bytes: Uint8Array, at: number): string {
  if (at >= bytes.length) return "";
  const end = bytes.indexOf(0, at);
  return new TextDecoder("latin1").decode(bytes.subarray(at, end < 0 ? bytes.length : end));
}

function symbolsOf(sections: readonly Section[], wide: boolean): ElfSymbol[] {
  const table = sections.find(({ name }) => name === ".symtab")?.bytes ?? new Uint8Array(0);
  const names = sections.find(({ name }) => name === ".strtab")?.bytes ?? new Uint8Array(0);
  const view = new DataView(table.buffer, table.byteOffset, table.length);
  const step = wide ? 24 : 16;
  const count = Math.min(MOST_SYMBOLS, Math.floor(table.length / step));
  return Array.from({ length: count }, (_, n) => {
    const at = n * step;
    const info = table[at + (wide ? 4 : 12)] ?? 0;
    return {
      name: textAt(names, view.getUint32(at, true)),
      address: wide ? Number(view.getBigUint64(at + 8, true)) : view.getUint32(at + 4, true),
      size: wide ? Number(view.getBigUint64(at + 16, true)) : view.getUint32(at + 8, true),
      func: (info & 15) === STT_FUNC,
      global: info >> 4 !== 0,
    };
  });
}
