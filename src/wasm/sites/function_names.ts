// The names of a module's functions: its custom section `name` (WebAssembly Core Specification, appendix A.4).
import { createCursor } from "../../debug_info/cursor.ts";
import { customSection, type ModuleSection, readName } from "../format/sections.ts";

const FUNCTIONS = 1;

/** Names by the number of the function, imported ones included; empty where the module has none. */
export function readFunctionNames(bytes: Uint8Array, sections: readonly ModuleSection[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const section = customSection(bytes, sections, "name");
  const cursor = createCursor(section ?? new Uint8Array(0));
  while (cursor.at < cursor.end) {
    const kind = cursor.u8();
    const next = cursor.uleb() + cursor.at;
    if (kind === FUNCTIONS)
      for (let left = cursor.uleb(); left > 0 && cursor.at < next; left--)
        names.set(cursor.uleb(), readName(section as Uint8Array, cursor));
    cursor.at = next;
  }
  return names;
}
