// The names of allocator variants, like `lp64-ff-ta-mdbg`.
import { clip } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { Word } from "../heap/geometry.ts";

/** How the C allocator was compiled: `ABI-FIT-FLAVOUR[-mdbg][-dbg]`, or `bare-ABI-FIT[-dbg]` for bget alone. */
export interface Variant {
  readonly word: Word;
  readonly fit: "first" | "best";
  /** `core` does not zero what a reallocation adds, `ta` does; `bare` is bget without the malloc layer. */
  readonly flavour: "ta" | "core" | "bare";
  /** Leak headers (ENABLE_MDBG). */
  readonly mdbg: boolean;
  /** MEM_DEBUG: wipe on free, validate before every operation. */
  readonly debug: boolean;
}

const WORDS = { lp64: 8, aarch64: 8, ilp32: 4, arm: 4 } as const;
const LIKE = "lp64-ff-ta-mdbg, ilp32-bf-core-dbg or bare-lp64-ff";
const PATTERN = /^(?:(lp64|ilp32)-(ff|bf)-(ta|core)(-mdbg)?(-dbg)?|bare-(lp64|ilp32)-(ff|bf)(-dbg)?)$/;

/** Reads a name like `lp64-ff-ta-mdbg`. */
export function parseVariant(name: string): Result<Variant> {
  const match = PATTERN.exec(name);
  if (!match) return err(`unknown variant '${clip(name)}': expected one like ${LIKE}`);
  const [, abi, fit, flavour, mdbg, debug, bareAbi, bareFit, bareDebug] = match;
  return ok({
    word: WORDS[(abi ?? bareAbi) as "lp64" | "ilp32"],
    fit: (fit ?? bareFit) === "ff" ? "first" : "best",
    flavour: (flavour ?? "bare") as Variant["flavour"],
    mdbg: mdbg !== undefined,
    debug: (debug ?? bareDebug) !== undefined,
  });
}

/** The name that `parseVariant` reads. */
export function formatVariant(v: Variant): string {
  const abi = v.word === 8 ? "lp64" : "ilp32";
  const fit = v.fit === "first" ? "ff" : "bf";
  const name = v.flavour === "bare" ? `bare-${abi}-${fit}` : `${abi}-${fit}-${v.flavour}`;
  return `${name}${v.mdbg ? "-mdbg" : ""}${v.debug ? "-dbg" : ""}`;
}

/** Word size of an ABI by any of its names (lp64, aarch64, ilp32, arm); undefined for others. */
export function wordOfAbi(abi: string): Word | undefined {
  return Object.hasOwn(WORDS, abi) ? WORDS[abi as keyof typeof WORDS] : undefined;
}
