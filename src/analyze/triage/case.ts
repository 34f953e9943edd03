// The types of triage: symptoms, evidence, sureness.
import type { PoolRole } from "../../release/release.ts";
import { poolNamed } from "../../release/releases.ts";
import type { ConsoleFacts, Fact, FactKind } from "../../xtest/console_facts.ts";
import type { CallFailure } from "../../xtest/print.ts";
import type { PrintedRecord, PrintedTa } from "../../xtest/stat_lines.ts";

/** All that is known of a failure. */
export interface Symptoms {
  /** Result code; `undefined` if it is not known. */
  readonly code?: number;
  /** The origin of the code, see `ORIGIN`. */
  readonly origin?: number;
  /** The function that failed, `TEEC_OpenSession`, `TEE_Malloc` … */
  readonly call?: string;
  /** Build options that were raised without effect. */
  readonly tried?: readonly string[];
  /** Leak lines should be in the log. */
  readonly wantsLeaks?: boolean;
  readonly console?: ConsoleFacts;
  /** Pools and TAs, as statistics have them after the failure. */
  readonly pools?: readonly PrintedRecord[];
  readonly tas?: readonly PrintedTa[];
  /** Calls of `xtest --stats` itself that failed. */
  readonly refused?: readonly CallFailure[];
}

/** How sure an answer is: proven by what was given, what mostly is the cause then, or one of several. */
export type Sureness = "certain" | "likely" | "possible";

/** What speaks for a rule; none of them if it does not apply. */
export type Evidence = readonly string[];

/** Lines of the console of one kind. */
export function factsOf({ console }: Symptoms, ...kinds: readonly FactKind[]): readonly Fact[] {
  return console?.facts.filter(({ kind }) => kinds.includes(kind)) ?? [];
}

/** The first lines of some kinds, as evidence. */
export function lines(symptoms: Symptoms, ...kinds: readonly FactKind[]): Evidence {
  return factsOf(symptoms, ...kinds)
    .slice(0, 3)
    .map(({ line, text }) => `line ${line}: ${text}`);
}

/** The core heap, if its counters are known. */
export function coreHeap(symptoms: Symptoms): PrintedRecord | undefined {
  return poolFor("heap", symptoms);
}

/** The memory of TAs, if its counters are known. */
export function taRam(symptoms: Symptoms): PrintedRecord | undefined {
  return poolFor("ta-memory", symptoms);
}

function poolFor(role: PoolRole, { pools }: Symptoms): PrintedRecord | undefined {
  return pools?.find(({ name }) => poolNamed(name)?.role === role);
}

/** The counters of the core heap say that it refused nothing. */
export function heapRefusedNothing(symptoms: Symptoms): boolean {
  return coreHeap(symptoms)?.failures === 0;
}
