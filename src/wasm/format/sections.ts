// The sections of a WebAssembly module: WebAssembly Core Specification, 5.5.
import { err, ok, type Result } from "../../base/result.ts";
import { createCursor } from "../../debug_info/cursor.ts";

/** Numbers of the sections that we read. */
export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  element: 9,
  code: 10,
  data: 11,
} as const;

/** Offsets are from the first byte of the file. */
export interface ModuleSection {
  readonly id: number;
  /** Of a custom section; else empty. */
  readonly name: string;
  /** Behind its length; a custom section's name stands there. */
  readonly start: number;
  /** Of its contents, behind the name of a custom section. */
  readonly from: number;
  readonly to: number;
}

/** The sections in their order. An error for what is no module. */
export function readModuleSections(bytes: Uint8Array): Result<ModuleSection[]> {
  const head = createCursor(bytes);
  if (head.u32() !== 0x6d736100 || head.u32() !== 1) return err("this is not a WebAssembly module");
  const sections: ModuleSection[] = [];
  while (head.at < bytes.length) {
    const id = head.u8();
    const length = head.uleb();
    const start = head.at;
    const to = start + length;
    if (to > bytes.length) return err("the file ends within a section");
    const name = id === SECTION.custom ? readName(bytes, head) : "";
    sections.push({ id, name, start, from: head.at, to });
    head.at = to;
  }
  return ok(sections);
}

/** The contents of a custom section; null where there is none of that name. */
export function customSection(bytes: Uint8Array, sections: readonly ModuleSection[], name: string): Uint8Array | null {
  const section = sections.find((one) => one.id === SECTION.custom && one.name === name);
  return section === undefined ? null : bytes.subarray(section.from, section.to);
}

/** A name: its length, then UTF-8. */
export function readName(bytes: Uint8Array, cursor: { at: number; uleb(): number }): string {
  const length = cursor.uleb();
  const name = new TextDecoder().decode(bytes.subarray(cursor.at, cursor.at + length));
  cursor.at += length;
  return name;
}
