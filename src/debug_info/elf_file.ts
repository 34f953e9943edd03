// Sections and symbols of a program in ELF, as linkers write them: gABI 4.1, chapters 4; little endian.
import { bytesOfSection, type ElfSection, readSections, textAt } from "../base/elf_section.ts";
import { ok, type Result } from "../base/result.ts";

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
  readonly sections: readonly ElfSection[];
  readonly symbols: readonly ElfSymbol[];
}

const STT_FUNC = 2;
const MOST_SYMBOLS = 2 ** 20;

/** Reads section and symbol tables. Errors: no ELF file, big endian, without sections, tables that lead out of the file. */
export function readElfFile(bytes: Uint8Array): Result<ElfFile> {
  const sections = readSections(bytes);
  if (!sections.ok) return sections;
  const wide = bytes[4] === 2;
  const machine = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint16(18, true);
  return ok({ word: wide ? 8 : 4, machine, sections: sections.value, symbols: symbolsOf(sections.value, wide) });
}

function symbolsOf(sections: readonly ElfSection[], wide: boolean): ElfSymbol[] {
  const table = bytesOfSection(sections, ".symtab");
  const names = bytesOfSection(sections, ".strtab");
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
