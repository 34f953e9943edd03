// A TA as a WebAssembly module.
import type { TaFlags, TaLayout } from "../../tee/kernel/app_facts.ts";
import type { BuildNote } from "./build_note.ts";
import type { TaProperty } from "./properties.ts";
import type { ImportedFunction } from "./types.ts";

/** A TA that was compiled, and what its file says before it runs. */
export interface TaModule {
  /** The file as it is. */
  readonly bytes: Uint8Array;
  readonly module: WebAssembly.Module;
  readonly build: BuildNote;
  /** Bytes of a pointer. */
  readonly word: 4 | 8;
  readonly uuid: string;
  readonly name: string;
  readonly flags: TaFlags;
  readonly layout: TaLayout;
  readonly properties: readonly TaProperty[];
  /** The functions that it takes from its host. */
  readonly imports: readonly ImportedFunction[];
}
