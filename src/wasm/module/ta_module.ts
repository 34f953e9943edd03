// A TA as a WebAssembly module.
import type { TaFlags, TaLayout } from "../../tee/kernel/app_facts.ts";
import type { ImportedFunction } from "../format/types.ts";
import type { ByteSpan } from "../instance/c_memory.ts";
import type { BuildNote } from "./build_note.ts";
import type { TaProperty } from "./properties.ts";

/** A TA that was compiled, and what its file says before it runs. */
export interface TaModule {
  /** The file as it is. */
  readonly bytes: Uint8Array;
  /** What is run: made of the file, with other offsets. */
  readonly module: WebAssembly.Module;
  /** Its bytes. */
  readonly run: Uint8Array;
  /** It can leave and enter all of its functions, for engines that cannot let a TA wait otherwise. */
  readonly unwinds: boolean;
  /** The offset in the file of an offset in what is run. */
  original(offset: number): number;
  /** Where in its table the host's function for ticks belongs. */
  readonly tickSlot: number;
  readonly build: BuildNote;
  /** Bytes of a pointer. */
  readonly word: 4 | 8;
  /** Bytes of memory that belong to the module; what lies behind is for others. */
  readonly memory: number;
  /** Bytes of memory that belong to the module or are for others: behind them lies the shadow of checks, if it has any. */
  readonly limit: number;
  /** It was built with checks of memory. */
  readonly checked: boolean;
  /** It tracks which bytes were written, too. */
  readonly tracked: boolean;
  readonly uuid: string;
  readonly name: string;
  readonly flags: TaFlags;
  readonly layout: TaLayout;
  readonly properties: readonly TaProperty[];
  /** Address below which nothing lies: at least NULL, and what an index of it reaches. */
  readonly lowest: number;
  /** Constants: C may not write them. */
  readonly readOnly: readonly ByteSpan[];
  /** The functions that it takes from its host. */
  readonly imports: readonly ImportedFunction[];
}
