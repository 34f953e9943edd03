// Sections of an ELF file, as linkers write them (gABI 4.1, chapter 4): little endian, 32 and 64 bit.
import { isElf } from "./elf.ts";
import { err, ok, type Result } from "./result.ts";

/** A section of a program. */
export interface ElfSection {
  readonly name: string;
  /** Link address of its first byte, 0 for one that is not loaded. */
  readonly address: number;
  /** Bytes in memory. */
  readonly size: number;
  /** Its instructions can be executed. */
  readonly code: boolean;
  /** It is loaded, and the file has its bytes. */
  readonly loaded: boolean;
  /** Of the file, not copied; empty for a section without bytes (.bss). */
  readonly bytes: Uint8Array;
}

const SHT_NOBITS = 8;
const SHF_ALLOC = 2;
const SHF_EXECINSTR = 4;

/** Reads the section table. Errors: no ELF file, big endian, without sections, a table that leads out of the file. */
export function readSections(bytes: Uint8Array): Result<readonly ElfSection[]> {
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
    const hasNone = view.getUint32(at + 4, true) === SHT_NOBITS;
    const kept = hasNone || offset + size > bytes.length ? 0 : size;
    const part = bytes.subarray(offset, offset + kept);
    return { name: view.getUint32(at, true), flags, address, size, part };
  });
  const text = raw[names]?.part ?? new Uint8Array(0);
  return ok(
    raw.map(({ name, flags, address, size, part }) => ({
      name: textAt(text, name),
      address,
      size,
      code: (flags & SHF_EXECINSTR) !== 0,
      loaded: (flags & SHF_ALLOC) !== 0 && part.length > 0,
      bytes: part,
    })),
  );
}

/** The first section of a name. */
export function sectionNamed(sections: readonly ElfSection[], name: string): ElfSection | undefined {
  return sections.find((section) => section.name === name);
}

/** Its bytes; empty where there is none. */
export function bytesOfSection(sections: readonly ElfSection[], name: string): Uint8Array {
  return sectionNamed(sections, name)?.bytes ?? new Uint8Array(0);
}

/** The text up to the next zero byte. */
export function textAt(bytes: Uint8Array, at: number): string {
  if (at >= bytes.length) return "";
  const end = bytes.indexOf(0, at);
  return new TextDecoder("latin1").decode(bytes.subarray(at, end < 0 ? bytes.length : end));
}
