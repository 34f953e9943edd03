// The custom section that says how a module was built, for whoever runs it.
import { readFileSync, writeFileSync } from "node:fs";
import { customSection, readModuleSections } from "../../wasm/format/sections.ts";
import { BUILD_NOTE, type BuildNote } from "../../wasm/module/build_note.ts";

/** Appends the section to a module, unless it has one. */
export function writeNote(file: string, note: BuildNote): void {
  const bytes = readFileSync(file);
  const sections = readModuleSections(bytes);
  if (sections.ok && customSection(bytes, sections.value, BUILD_NOTE) !== null) return;
  const name = Buffer.from(BUILD_NOTE);
  const content = Buffer.concat([leb(name.length), name, Buffer.from(JSON.stringify(note))]);
  writeFileSync(file, Buffer.concat([bytes, Buffer.from([0]), leb(content.length), content]));
}

function leb(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}
