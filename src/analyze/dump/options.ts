// What is known of a dump beforehand.
import type { Word } from "../../heap/geometry.ts";
import type { Pool } from "../../heap/walk.ts";
import type { Gap } from "./gap.ts";
import type { ProgramNames } from "./slide.ts";

/** What is known of a dump beforehand; everything left out is found. */
export interface DumpOptions {
  readonly word?: Word;
  /** Address of the first byte. Where the bytes contradict it, they count. */
  readonly base?: number;
  readonly pools?: readonly Pool[];
  /** Whether payloads have leak headers (ENABLE_MDBG). */
  readonly leakHeaders?: boolean;
  /** File name at an address, from the program's ELF file; undefined where there is none. */
  readonly nameAt?: (address: number) => string | undefined;
  /** Programs whose file names the leak headers may have; which one, and how far it was moved, is found. */
  readonly programs?: readonly ProgramNames[];
  /** The offset that ASLR added to the addresses of the programs. */
  readonly shift?: number;
  /** Bytes that the dump lacks: zeros stand for them, and faults there are not counted. */
  readonly gaps?: readonly Gap[];
}
