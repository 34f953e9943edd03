// Constants of a module: data that C may read and not write. Their segments have the names that the linker gave them.

import { createCursor } from "../../debug_info/cursor.ts";
import { customSection, type ModuleSection, readName } from "../format/sections.ts";
import type { ByteSpan } from "../instance/c_memory.ts";
import { readSegments } from "./image.ts";

/** The subsection of `name` with the names of data segments: the extended name section of the WebAssembly proposals. */
const DATA_NAMES = 9;

/** Where constants lie; nothing for a module without names. */
export function readOnlySpans(bytes: Uint8Array, sections: readonly ModuleSection[]): ByteSpan[] {
  const names = segmentNames(bytes, sections);
  return readSegments(bytes, sections).flatMap(({ at, length }, n) =>
    at !== null && isReadOnly(names.get(n) ?? "") ? [{ from: at, to: at + length }] : [],
  );
}

/** Heaps of TAs lie in `.rodata0`: device/wasm/runtime/heap_first.c. */
function isReadOnly(name: string): boolean {
  return name === ".rodata" || name.startsWith(".rodata.");
}

function segmentNames(bytes: Uint8Array, sections: readonly ModuleSection[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const section = customSection(bytes, sections, "name");
  const cursor = createCursor(section ?? new Uint8Array(0));
  while (section !== null && cursor.at < section.length) {
    const kind = cursor.u8();
    const end = cursor.uleb() + cursor.at;
    if (kind === DATA_NAMES)
      for (let left = cursor.uleb(); left > 0 && cursor.at < end; left--)
        names.set(cursor.uleb(), readName(section, cursor));
    cursor.at = end;
  }
  return names;
}
