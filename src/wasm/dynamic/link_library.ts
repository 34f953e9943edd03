// Makes a shared library a part of a TA: its data in the TA's memory, its functions in the TA's table.
import { err, ok, type Result } from "../../base/result.ts";
import { rewriteModule } from "../rewrite/rewrite_module.ts";
import { addPlaces } from "./function_table.ts";
import type { SharedLibrary } from "./shared_library.ts";

/** A part of a TA: its own module, or a library. Addresses that it exports are distances from `base`. */
export interface LinkedPart {
  readonly base: number;
  readonly exports: WebAssembly.Exports;
}

/** How libraries use the parts of a TA. */
export interface PartAccess {
  /** Where in the table the host's function for their ticks is. */
  readonly tickSlot: number;
  /** What they get of something that a part exports. */
  given(value: WebAssembly.ExportValue): WebAssembly.ImportValue;
}

/** What of a TA a library is linked with. */
export interface LinkTarget {
  readonly table: WebAssembly.Table;
  readonly access: PartAccess;
  /** Bytes of a pointer. */
  readonly word: 4 | 8;
  /** The TA's module and the libraries so far, in the order in which symbols are looked for. */
  readonly parts: readonly LinkedPart[];
  /** Functions of the host, for what no part has. */
  host(library: SharedLibrary): WebAssembly.ModuleImports;
  /** The address of a variable, or the place of a function; 0 if no part has it. */
  address(name: string, parts: readonly LinkedPart[]): number;
}

/** Links a library whose data lies at `base`, all zero before. The error names a symbol that nobody has. */
export function linkLibrary(library: SharedLibrary, base: number, target: LinkTarget): Result<LinkedPart> {
  const { table, word, parts } = target;
  const made = rewriteModule(library.bytes, library.sections, {
    pages: 0,
    lower: false,
    table: { slot: target.access.tickSlot, wide: typeof table.length === "bigint" },
  });
  if (!made.ok) return err(`${library.name}: ${made.error}`);
  const number = (value: number, mutable: boolean): WebAssembly.Global =>
    word === 8
      ? new WebAssembly.Global({ value: "i64", mutable }, BigInt(value))
      : new WebAssembly.Global({ value: "i32", mutable }, value);
  const host = target.host(library);
  const given: WebAssembly.ModuleImports = {
    __memory_base: number(base, false),
    __table_base: number(addPlaces(table, library.slots), false),
  };
  const later: { readonly name: string; readonly global: WebAssembly.Global }[] = [];
  const imports: Record<string, WebAssembly.ModuleImports> = {};
  try {
    const module = new WebAssembly.Module(made.value.bytes as BufferSource);
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      const found = parts.find(({ exports }) => name in exports)?.exports[name];
      let value = given[name] ?? (found === undefined ? host[name] : target.access.given(found));
      if (from.startsWith("GOT.") || value === undefined) {
        value = number(0, true);
        later.push({ name, global: value });
      }
      imports[from] = { ...imports[from], [name]: value };
    }
    const { exports } = new WebAssembly.Instance(module, imports);
    const part: LinkedPart = { base, exports };
    for (const { name, global } of later) {
      const address = target.address(name, [...parts, part]);
      if (address === 0) return err(`${library.name} needs ${name}, which neither the TA nor its libraries have`);
      global.value = word === 8 ? BigInt(address) : address;
    }
    (exports.__wasm_apply_data_relocs as (() => void) | undefined)?.();
    return ok(part);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError)
      return err(`${library.name} does not fit to the TA: ${error.message}`);
    throw error;
  }
}
