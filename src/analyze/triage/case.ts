// The types of triage: symptoms, evidence, sureness.
import type { ForeignCode } from "../../abi/foreign_codes.ts";
import type { PoolRole } from "../../release/release.ts";
import { poolNamed } from "../../release/releases.ts";
import type { ConsoleFacts } from "../../xtest/console_facts.ts";
import type { Fact } from "../../xtest/facts/fact.ts";
import type { FactKind } from "../../xtest/facts/rows.ts";
import type { CallFailure } from "../../xtest/print.ts";
import type { PrintedRecord, PrintedTa } from "../../xtest/stat_lines.ts";
import type { HeapSeries } from "../counters/heap_series.ts";

/** All that is known of a failure. */
export interface Symptoms {
  /** Result code of the TEE; `undefined` if it is not known. */
  readonly code?: number;
  /** A code of PKCS#11, Linux, Keymaster or a TPM, where that is what the user saw. */
  readonly foreign?: ForeignCode;
  /** The origin of the code, see `ORIGIN`. */
  readonly origin?: number;
  /** The function that failed, `TEEC_OpenSession`, `TEE_Malloc` … */
  readonly call?: string;
  /** The line that code, origin or function were read from. */
  readonly from?: Fact;
  /** Build options that were raised without effect. */
  readonly tried?: readonly string[];
  /** Zeros of TAs in the statistics are the question. */
  readonly asksZeros?: boolean;
  /** Leak lines should be in the log. */
  readonly wantsLeaks?: boolean;
  /** Lines of the texts were cut at a column: only what is certain is a cause, as the others may be told by what is missing. */
  readonly clipped?: boolean;
  /** xtest said that none of so many test cases failed, and nothing else is known to have failed. */
  readonly passed?: number;
  readonly console?: ConsoleFacts;
  /** Pools and TAs, as statistics have them after the failure. */
  readonly pools?: readonly PrintedRecord[];
  readonly tas?: readonly PrintedTa[];
  /** The counters of each heap over several reports. */
  readonly series?: readonly HeapSeries[];
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

/** Whether the console has a line of one of the kinds. */
export function has({ console }: Symptoms, ...kinds: readonly FactKind[]): boolean {
  return kinds.some((kind) => console?.counts.has(kind) === true);
}

/** The first lines of some kinds, as evidence. */
export function lines(symptoms: Symptoms, ...kinds: readonly FactKind[]): Evidence {
  return quoted(factsOf(symptoms, ...kinds));
}

/** The first of some lines, as evidence; a line once. */
export function quoted(facts: readonly Fact[]): Evidence {
  return [...new Map(facts.map((fact) => [fact.line, fact])).values()].slice(0, 3).map(quote);
}

/** A line as evidence, with the case of xtest that it stands in. */
export function quote({ line, at, text, test }: Fact): string {
  return `${at ?? `line ${line}`}${test === "" ? "" : ` (${test})`}: ${text}`;
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
