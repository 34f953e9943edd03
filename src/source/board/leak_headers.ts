// Whether a core has leak headers, read off its program.
import { readElfFile } from "../../debug_info/elf_file.ts";

/** The function that prints leak lists, in every core with CFG_TEE_CORE_MALLOC_DEBUG and in no other (OP-TEE 4.0 to 4.10). */
const LISTS = "mdbg_check";

/** By its symbols; undefined for what is no program, or one without symbols. */
export function hasLeakHeaders(program: Uint8Array): boolean | undefined {
  const elf = readElfFile(program);
  if (!elf.ok) return undefined;
  const functions = elf.value.symbols.filter(({ func }) => func);
  return functions.length === 0 ? undefined : functions.some(({ name }) => name === LISTS);
}
