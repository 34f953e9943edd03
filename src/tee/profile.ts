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
}

/** malloc, calloc (one member), realloc of block `of`, or free of it; blocks are numbered as they are allocated, from 1. */
export type BootOp =
  | { readonly op: "M" | "C"; readonly size: number; readonly file: string; readonly line: number }
  | { readonly op: "R"; readonly of: number; readonly size: number; readonly file: string; readonly line: number }
  | { readonly op: "F"; readonly of: number; readonly file: string; readonly line: number };

/** Reads boot operations, one a line: `M|C SIZE FILE:LINE`, `R BLOCK SIZE FILE:LINE`, `F BLOCK FILE:LINE`. */
export function parseBoot(text: string): BootOp[] {
  return text
    .trim()
    .split("\n")
    .map((row) => {
      const words = row.split(" ");
      const [file = "", line = ""] = (words.at(-1) ?? "").split(":");
      const site = { file, line: Number(line) };
      const first = Number(words[1]);
      switch (words[0]) {
        case "R":
          return { op: "R", of: first, size: Number(words[2]), ...site };
        case "F":
          return { op: "F", of: first, ...site };
        default:
          return { op: words[0] as "M" | "C", size: first, ...site };
      }
    });
}
