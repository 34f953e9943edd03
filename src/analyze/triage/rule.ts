// What the tables of causes share. The behaviour was read in OP-TEE's public threads, which each row names (`#1` of OP-TEE/optee_os,
// `test#1` of OP-TEE/optee_test, `client#1` of OP-TEE/optee_client), in its sources, 3.x to 4.10, and in its statistics; no
// sentence is theirs.
import { knobOf, poolAdvice } from "../pool_advice.ts";
import type { coreHeap, Evidence, Sureness, Symptoms } from "./case.ts";

/** A cause, and how it shows. */
export interface TriageRule {
  readonly id: string;
  /** What speaks for it; nothing, if it does not apply. */
  readonly when: (symptoms: Symptoms) => Evidence;
  /** How sure the finding is. */
  readonly sure: Sureness | ((symptoms: Symptoms) => Sureness);
  /** The pool or the part that failed. */
  readonly pool: string;
  /** Build options that set it, the first is the one to begin with. */
  readonly knobs: readonly string[] | ((symptoms: Symptoms) => readonly string[]);
  /** The sentence that says why. */
  readonly why: (symptoms: Symptoms) => string;
  /** How to be certain, or what to do. */
  readonly next: string | ((symptoms: Symptoms) => string);
  readonly threads: readonly string[];
  /** What tests take as an answer: where all of them passed, it is no cause. */
  readonly tolerated?: true;
}

export const NO_EVIDENCE: Evidence = [];
export const CORE = "the core heap";
export const OWN = "the TA heap";
export const RAM = "the memory for TAs";
export const SHM = "memory shared between the worlds";
export const NORMAL = "Linux's memory, not OP-TEE's";
export const STATS =
  "run 'xtest --stats --alloc' on the board right after the failure and give its output with --stats; the pool with failed allocations is the one";
/** How the heap of a TA is asked, and what that risks (docs/sources.md). */
export const ASK_TA =
  "while its session is open, 'xtest --stats --ta' on the board (CFG_TA_STATS=y) shows its peak and what failed; take it when no TA is called, as beside calls it can deadlock OP-TEE 4.x";
export const OOM_TRACE = "build with CFG_CORE_DUMP_OOM=y: the core then prints every failed allocation and its caller";

export const RECORD =
  "record a run ('teemem record -o run.arrows --on ssh://BOARD', until Ctrl-C) and let 'teemem size run.arrows' find the size";

/** A sentence on a pool, from its counters. */
export function advice(pool: ReturnType<typeof coreHeap>): string {
  return pool === undefined ? "" : poolAdvice({ ...pool, knob: knobOf(pool.name) });
}
