// A program that is run on a system, and what is seen of it.
import type { Result } from "../base/result.ts";
import type { ExactMoment } from "../recording/moment.ts";

/** A program of a system, to be run there. */
export interface SystemProgram {
  readonly words: readonly string[];
  readonly library: PreloadLibrary;
  /** Sets the maximum of the core heap back after each look, so that the peak of each call is exact; others see that. */
  readonly resets?: boolean;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** What a library for a program must be made for. */
export interface ProgramTarget {
  /** As `uname -m` says it: aarch64, arm, x86_64 … */
  readonly machine: string;
  readonly word: 4 | 8;
  readonly libc: "glibc" | "musl" | "other";
}

/** The library of `teemem device preload`, for any system. */
export interface PreloadLibrary {
  /** The bytes of the library. The error says how to build it. */
  built(target: ProgramTarget): Result<Uint8Array>;
  /** Its sources by path, all of C in one folder, for a compiler on the system, and that one's arguments. */
  sources(): ReadonlyMap<string, Uint8Array>;
  readonly flags: readonly string[];
  readonly libraries: readonly string[];
  /** Changes with the sources. */
  readonly version: string;
}

/** What is seen of a program. */
export type ProgramEvent =
  /** It printed a line, on standard error or on standard output. */
  | { readonly kind: "line"; readonly text: string; readonly error: boolean }
  /** It called a TA, or is about to. */
  | { readonly kind: "moment"; readonly moment: ExactMoment }
  /** It runs from now on without being seen, or (`ended`) some of its moments were not: why, in a sentence. */
  | { readonly kind: "unseen"; readonly why: string; readonly ended: boolean }
  /** It ended with an exit code; the error says why that is not known. Nothing follows. */
  | { readonly kind: "ended"; readonly code: Result<number> };
