// Tells the library of a module what it was loaded from, and what initializes that.
import { elfInfoBytes, writeElfInfo } from "../instance/elf_info.ts";
import type { CMemory } from "../instance/memory.ts";
import type { Space } from "../instance/space.ts";

/** For a module that is all there is of a TA. Its library calls the constructors, as on a board. */
export function describeParts(memory: CMemory, space: Space, exports: WebAssembly.Exports): void {
  const { __elf_phdr_info: info, __wasm_call_ctors: initialize, __indirect_function_table: table } = exports;
  if (!(info instanceof WebAssembly.Global)) return;
  const at = space.take(elfInfoBytes(memory.word, 1));
  const initializer = initialize === undefined ? null : addFunction(table as WebAssembly.Table, initialize);
  writeElfInfo(memory, Number(info.value), at, [{ initializer }]);
}

/** Enters a function in the table. Its index, which is a function pointer in C. */
function addFunction(table: WebAssembly.Table, added: WebAssembly.ExportValue): number {
  const index = (value: number): number => (typeof table.length === "bigint" ? BigInt(value) : value) as number;
  const at = Number(table.grow(index(1)));
  table.set(index(at), added);
  return at;
}
