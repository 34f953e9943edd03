// Adds a margin to a pool and turns it into the value of a build option.
import { roundUp } from "../../base/integer.ts";
import type { HeapKnob } from "../heap_knob.ts";

/** Room on top of what is needed: a share of it, or bytes. */
export type Margin = { readonly percent: number } | { readonly bytes: number };

/** What to set a build option to. Bytes. */
interface Setting {
  /** The pool with its margin. */
  readonly pool: number;
  /** Value of the option: holds the pool whatever the linker leaves, in whole pages (core, nexus) or KiB (TA). */
  readonly value: number;
  /** A smaller value that does in the recorded build, whose linker leaves more; null if there is none. */
  readonly here: number | null;
}

const STEPS: Readonly<Record<string, number>> = { CFG_CORE_HEAP_SIZE: 4096, CFG_CORE_NEX_HEAP_SIZE: 4096 };
/** That of options for heaps of TAs. */
const KIB = 1024;
/** Both ends of a pool are rounded inward, so up to a quantum of the option's value may be lost. */
const ROUNDING = 16;

/** Turns the smallest pool into the value of its build option; undefined for a heap without one. */
export function settingFor(pool: number, margin: Margin, knob: HeapKnob): Setting | undefined {
  if (knob.name === "") return undefined;
  const step = STEPS[knob.name] ?? KIB;
  const wanted = Math.ceil("percent" in margin ? pool * (1 + margin.percent / 100) : pool + margin.bytes);
  const value = roundUp(wanted + (knob.added === 0 && wanted % step !== 0 ? ROUNDING : 0), step);
  const here = roundUp(Math.max(step, wanted - knob.added), step);
  return { pool: wanted, value, here: here < value ? here : null };
}
