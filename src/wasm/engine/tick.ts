// Puts the host's function for ticks in the table of an instance, where its loops find it.

/** A module that exports the function that it imports: only such functions can stand in a table. */
const PASS = [
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 0x65, 1, 0x66, 0, 0],
  ...[7, 5, 1, 1, 0x66, 0, 0],
];

export function placeTick(exports: WebAssembly.Exports, slot: number, tick: WebAssembly.ImportValue): void {
  const module = new WebAssembly.Module(Uint8Array.from(PASS));
  const { f } = new WebAssembly.Instance(module, { e: { f: tick } }).exports;
  const table = exports.__indirect_function_table as WebAssembly.Table;
  table.set((typeof table.length === "bigint" ? BigInt(slot) : slot) as number, f);
}
