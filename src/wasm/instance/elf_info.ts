// What a TA's library is told of the parts it was loaded from: struct __elf_phdr_info of OP-TEE 4.0.0
// lib/libutee/include/user_ta_header.h, with program headers that lead to the initializers.
import type { CMemory } from "./memory.ts";

/** A part of a TA: its module, or a library that was loaded. */
interface LoadedPart {
  /** Index in the function table of what initializes it; null for nothing. */
  readonly initializer: number | null;
}

/** Layout of struct dl_phdr_info, Elf_Phdr and Elf_Dyn, by the bytes of a pointer. */
const LAYOUTS = {
  8: { part: 64, headers: 16, count: 24, adds: 32, header: 56, address: 16, length: 40, entry: 16 },
  4: { part: 40, headers: 8, count: 12, adds: 16, header: 32, address: 8, length: 20, entry: 8 },
} as const;

const PT_DYNAMIC = 2;
const DT_INIT_ARRAY = 25;
const DT_INIT_ARRAYSZ = 27;

/** Bytes that the description of parts takes. */
export function elfInfoBytes(word: 4 | 8, parts: number): number {
  const { part, header, entry } = LAYOUTS[word];
  return parts * (part + header + 3 * entry + 8);
}

/** Describes the parts at an address of `elfInfoBytes`, all zero before, and tells the library's variable at `info`. */
export function writeElfInfo(memory: CMemory, info: number, at: number, parts: readonly LoadedPart[]): void {
  const { word } = memory;
  const layout = LAYOUTS[word];
  let free = at + parts.length * layout.part;
  for (const [n, { initializer }] of parts.entries()) {
    const part = at + n * layout.part;
    memory.setU64(part + layout.adds, parts.length);
    if (initializer === null) continue;
    const header = free;
    const dynamic = header + layout.header;
    const array = dynamic + 3 * layout.entry;
    free = array + 8;
    memory.setSize(part + layout.headers, header);
    memory.setU32(part + layout.count, 1);
    memory.setU32(header, PT_DYNAMIC);
    memory.setSize(header + layout.address, dynamic);
    memory.setSize(header + layout.length, 3 * layout.entry);
    memory.setSize(dynamic, DT_INIT_ARRAY);
    memory.setSize(dynamic + word, array);
    memory.setSize(dynamic + layout.entry, DT_INIT_ARRAYSZ);
    memory.setSize(dynamic + layout.entry + word, word);
    memory.setSize(array, initializer);
  }
  memory.setU32(info + 4, parts.length);
  memory.setSize(info + 8, at);
}
