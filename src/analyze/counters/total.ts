// What the counters of a heap say in all its reports together.
import { missingCounters, type PartialStats } from "../../abi/record.ts";
import type { CounterName } from "../../malloc/counters.ts";
import { type CounterSample, stretchesOf } from "./stretches.ts";

/** Counters over all reports on a heap. */
export interface CounterTotal extends PartialStats {
  /** Counters that the last report of a stretch lacks: those given above may have been more. */
  readonly unsure: readonly CounterName[];
  /** Requests that failed before the last time that the counters began anew: the last report does not count them. */
  readonly earlier: number;
}

/**
 * The bytes in use and the size as in the last report, the highest maximum, all failed requests, the largest of them with what was
 * in use at it. Within a stretch each report holds all that was before; failed requests of several stretches are added up.
 */
export function counterTotal(samples: readonly CounterSample[]): CounterTotal {
  const ends = stretchesOf(samples).map((stretch) => {
    const known: PartialStats = Object.assign({}, ...stretch.map(({ stats }) => stats));
    return { known, missing: missingCounters(stretch.at(-1)?.stats ?? {}) };
  });
  const last = ends.at(-1)?.known ?? samples.at(-1)?.stats ?? {};
  const all = (name: CounterName): number[] => ends.flatMap(({ known }) => known[name] ?? []);
  const largest = ends.reduce(
    (best, { known }) => ((known.biggestFailure ?? -1) > (best.biggestFailure ?? -1) ? known : best),
    last,
  );
  const { biggestFailure, biggestFailureUsed } = largest;
  return {
    ...last,
    // After a reset of the counters the maximum is less than what is in use.
    ...given("maxAllocated", all("maxAllocated"), (...values) => Math.max(...values, ...all("allocated"))),
    ...given("failures", all("failures"), (...values) => values.reduce((sum, one) => sum + one, 0)),
    ...(biggestFailure === undefined ? {} : { biggestFailure }),
    ...(biggestFailureUsed === undefined ? {} : { biggestFailureUsed }),
    earlier: ends.slice(0, -1).reduce((sum, { known }) => sum + (known.failures ?? 0), 0),
    unsure: [...new Set(ends.flatMap(({ missing }) => missing))],
  };
}

/** What is not known is left out. */
function given(name: CounterName, values: readonly number[], join: (...values: number[]) => number): PartialStats {
  return values.length === 0 ? {} : { [name]: join(...values) };
}
