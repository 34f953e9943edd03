// A shared library of TAs: a module that becomes a part of a TA while that runs. WebAssembly's tool conventions call it a
// dynamic library; its section `dylink.0` says what it needs.
import { err, ok, type Result } from "../../base/result.ts";
import { createCursor } from "../../debug_info/cursor.ts";
import { customSection, type ModuleSection, readModuleSections, SECTION } from "../format/sections.ts";
import { type ImportedFunction, readAllImports, readImports } from "../format/types.ts";

/** A shared library that a TA in C brings. */
export interface SharedLibrary {
  readonly name: string;
  /** The file as it is. */
  readonly bytes: Uint8Array;
  readonly sections: readonly ModuleSection[];
  /** Bytes of a pointer. */
  readonly word: 4 | 8;
  /** Bytes of its code, and of its data. */
  readonly code: number;
  readonly data: number;
  /** Places that it takes in the table of functions. */
  readonly slots: number;
  readonly imports: readonly ImportedFunction[];
}

/** Subsection of `dylink.0` that says how much memory and table it takes. */
const MEMORY_INFO = 1;
/** Data begins at a page, so that it has any alignment up to this power of two. */
const PAGE_POWER = 12;

/** The library in a file; null for a module that is none. `name` is the file's. An error for what is no module. */
export function readSharedLibrary(bytes: Uint8Array, name: string): Result<SharedLibrary | null> {
  const sections = readModuleSections(bytes);
  if (!sections.ok) return err(`${name}: ${sections.error}`);
  const section = customSection(bytes, sections.value, "dylink.0");
  if (section === null) return ok(null);
  const cursor = createCursor(section);
  let [data, slots] = [0, 0];
  while (cursor.at < section.length) {
    const kind = cursor.u8();
    const end = cursor.uleb() + cursor.at;
    if (kind === MEMORY_INFO) {
      data = cursor.uleb();
      if (cursor.uleb() > PAGE_POWER) return err(`${name}: its data needs more than the alignment of a page`);
      slots = cursor.uleb();
    }
    cursor.at = end;
  }
  const memory = readAllImports(bytes, sections.value).find(({ kind }) => kind === 2);
  const code = sections.value.find(({ id }) => id === SECTION.code);
  return ok({
    name,
    bytes,
    sections: sections.value,
    word: memory?.wide ? 8 : 4,
    code: code === undefined ? 0 : code.to - code.from,
    data,
    slots,
    imports: readImports(bytes, sections.value),
  });
}
