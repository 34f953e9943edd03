// Says which counters are not known.
import { missingCounters, type PartialStats } from "../abi/record.ts";
import type { CounterName } from "../malloc/counters.ts";

/** What counters are called in a sentence. */
export const COUNTER_WORDS: Readonly<Record<CounterName, string>> = {
  allocated: "bytes in use",
  maxAllocated: "the peak",
  size: "the size",
  failures: "the number of failed requests",
  biggestFailure: "the largest failed request",
  biggestFailureUsed: "the bytes in use at it",
};

/** "Not recorded: the peak, the size."; empty where all counters are known. */
export function notRecorded(stats: PartialStats): string {
  const missing = missingCounters(stats);
  return missing.length === 0 ? "" : `Not recorded: ${wordsOf(missing)}.`;
}

/** Says what the last report lacks; empty for nothing. */
export function notInLast(missing: readonly CounterName[]): string {
  return missing.length === 0 ? "" : `Not in the last report: ${wordsOf(missing)}; it may be more than said here.`;
}

function wordsOf(counters: readonly CounterName[]): string {
  return counters.map((name) => COUNTER_WORDS[name]).join(", ");
}
