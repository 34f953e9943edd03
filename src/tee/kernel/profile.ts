import type { Switches } from "./switches.ts";

/** How one build of OP-TEE starts up: what its boot does with the core heap, and how large its pools are. */
export interface BootProfile {
  readonly name: string;
  readonly version: string;
  readonly switches: Switches;
  /** Address of the first byte of the core heap. */
  readonly heapBase: number;
  /** Bytes that the linker leaves to the core heap beyond CFG_CORE_HEAP_SIZE. */
  readonly heapSlack: number;
  readonly nexusBase: number;
  /** Bytes of memory for trusted applications. */
  readonly taRamSize: number;
  /** Core heap operations of the boot in their order, after the pool was added. */
  readonly boot: readonly BootOp[];
  /** Core heap operations while a trusted application is loaded, and when it goes; `part` where TA memory is taken. */
  readonly load: readonly BootOp[];
  readonly unload: readonly BootOp[];
}

/** Parts of a trusted application in TA memory, as they are loaded. */
export type TaPart =
  | "bbuf"
  | "ldelf-stack"
  | "ldelf-code"
  | "ldelf-data"
  | "ldelf-heap"
  | "elf-header"
  | "text"
  | "data"
  | "stack";

/**
 * One operation on the core heap: malloc, calloc (one member), realloc, free or free_wipe. Blocks are numbered as they are
 * allocated, from 1; 0 is none.
 */
export interface BootOp {
  readonly op: "M" | "C" | "R" | "F" | "W";
  /** The block that is moved or freed, else 0. */
  readonly of: number;
  /** Bytes asked for; 0 where something is freed. */
  readonly size: number;
  readonly file: string;
  readonly line: number;
  /** The part whose range of TA memory the block stands for. */
  readonly part?: TaPart;
}

/** Reads operations, one a line: `M|C SIZE FILE:LINE [PART]`, `R BLOCK SIZE FILE:LINE`, `F|W BLOCK FILE:LINE`. */
export function parseBoot(text: string): BootOp[] {
  return text
    .trim()
    .split("\n")
    .map((row) => {
      const words = row.split(" ");
      const op = words[0] as BootOp["op"];
      const makes = op === "M" || op === "C";
      const place = words[op === "R" ? 3 : 2] ?? "";
      const colon = place.lastIndexOf(":");
      const part = makes ? words[3] : undefined;
      return {
        op,
        of: makes ? 0 : Number(words[1]),
        size: makes ? Number(words[1]) : op === "R" ? Number(words[2]) : 0,
        file: place.slice(0, colon),
        line: Number(place.slice(colon + 1)),
        ...(part === undefined ? {} : { part: part as TaPart }),
      };
    });
}
