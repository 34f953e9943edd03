// The custom section `teemem`, which `teemem ta build` writes: how a module was built.

import { customSection, type ModuleSection } from "../format/sections.ts";
import type { Image } from "./image.ts";

/** Name of the section. */
export const BUILD_NOTE = "teemem";

/** JSON in the section. */
export interface BuildNote {
  readonly format: 1;
  readonly name: string;
  /** Release of OP-TEE whose library it has; empty for none. */
  readonly optee: string;
  /** Who has TEE_…: OP-TEE's libutee in the module, or the host. */
  readonly library: "optee" | "own";
  readonly target: "wasm64" | "wasm32";
  /** Bytes of a pointer. */
  readonly word: 4 | 8;
  /** What the compiler added: nothing, or checks. */
  readonly mode: string;
  /** Shared libraries that have become parts of it when it was linked. */
  readonly libraries?: readonly string[];
}

/** The note of a module. One without it was built by hand, with a library in it. */
export function readBuildNote(
  bytes: Uint8Array,
  sections: readonly ModuleSection[],
  name: string,
  { word }: Image,
): BuildNote {
  const target = word === 8 ? "wasm64" : "wasm32";
  const plain: BuildNote = { format: 1, name, optee: "", library: "optee", target, word, mode: "plain" };
  const section = customSection(bytes, sections, BUILD_NOTE);
  if (section === null) return plain;
  try {
    const note = JSON.parse(new TextDecoder().decode(section)) as Partial<BuildNote>;
    const libraries = Array.isArray(note.libraries) ? note.libraries : [];
    return { ...plain, ...note, libraries, word, target };
  } catch {
    return plain;
  }
}
