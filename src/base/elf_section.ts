// Sections of an ELF file by their names (gABI 4.1, chapter 4): little endian, 32 and 64 bit.
import { isElf } from "./elf.ts";

/** A section of a program. */
export interface ElfSection {
  /** Where it is linked to. */
  readonly address: number;
  /** Bytes in memory. */
  readonly size: number;
  /** Bytes of the file, not copied; none for a section without content (.bss). */
  readonly bytes: Uint8Array;
}

const NO_CONTENT = 8;

/** The first section of this name; null where there is none, or the file is no ELF file or damaged there. */
export function sectionOf(bytes: Uint8Array, name: string): ElfSection | null {
  if (!isElf(bytes) || bytes.length < 64) return null;
  const wide = bytes[4] === 2;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (at: number): number => (wide ? Number(view.getBigUint64(at, true)) : view.getUint32(at, true));
  const table = word(wide ? 40 : 32);
  const [entry, count, names] = (wide ? [58, 60, 62] : [46, 48, 50]).map((at) => view.getUint16(at, true)) as Three;
  if (entry < (wide ? 64 : 40) || table + entry * count > bytes.length || names >= count) return null;
  /** Offset and size in the file of a section's content, with its address. */
  function at(n: number): ElfSection {
    const head = table + n * entry;
    const [address, offset, size] = (wide ? [16, 24, 32] : [12, 16, 20]).map((from) => word(head + from)) as Three;
    const there = view.getUint32(head + 4, true) !== NO_CONTENT && offset + size <= bytes.length;
    return { address, size, bytes: there ? bytes.subarray(offset, offset + size) : new Uint8Array() };
  }
  const texts = at(names).bytes;
  for (let n = 0; n < count; n++) {
    const from = view.getUint32(table + n * entry, true);
    const end = texts.indexOf(0, from);
    if (end - from === name.length && new TextDecoder("latin1").decode(texts.subarray(from, end)) === name)
      return at(n);
  }
  return null;
}

type Three = [number, number, number];
