// What the tables of causes share. The behaviour was read in OP-TEE's public threads, which each row names (`#1` of OP-TEE/optee_os,
// `test#1` of OP-TEE/optee_test, `client#1` of OP-TEE/optee_client), and in its statistics; no sentence is theirs.
import { knobOf, poolAdvice } from "../pool_advice.ts";
import type { coreHeap, Evidence, Sureness, Symptoms } from "./case.ts";

/** A cause, and how it shows. */
export interface TriageRule {
  readonly id: string;
  /** What speaks for it; nothing, if it does not apply. */
  readonly when: (symptoms: Symptoms) => Evidence;
  readonly sure: Sureness;
  /** The pool or the part that failed. */
  readonly pool: string;
  /** Build options that set it, the first is the one to begin with. */
  readonly knobs: readonly string[];
  readonly why: (symptoms: Symptoms) => string;
  /** How to be certain, or what to do. */
  readonly next: string;
  readonly threads: readonly string[];
}

export const NO_EVIDENCE: Evidence = [];
export const CORE = "the core's heap";
export const OWN = "the application's own heap";
export const RAM = "the memory for trusted applications";
export const SHM = "memory shared between the worlds";
export const STATS =
  "run 'xtest --stats --alloc' right after the failure and give it with --stats: the pool with failed allocations is it";
export const OOM_TRACE =
  "build with CFG_CORE_DUMP_OOM=y: then the core prints every allocation that fails, and who asked";

/** A sentence on a pool, from its counters. */
export function advice(pool: ReturnType<typeof coreHeap>): string {
  return pool === undefined ? "" : poolAdvice({ ...pool, knob: knobOf(pool.name) });
}
