// What holds debug information: named sections, of an ELF file or a WebAssembly module.
const NOTHING = new Uint8Array(0);

/** A program as readers of debug information see it. */
export interface DebugProgram {
  /** Bytes of an address where the information does not say. */
  readonly word: 4 | 8;
  readonly sections: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** The bytes of the section of a name; empty where there is none. */
export function sectionBytes({ sections }: DebugProgram, name: string): Uint8Array {
  return sections.find((section) => section.name === name)?.bytes ?? NOTHING;
}
