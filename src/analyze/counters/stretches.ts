// Cuts the reports on a heap where its counters began anew.
import type { PartialStats } from "../../abi/record.ts";

/** The counters of one heap at one moment, as far as they are known. */
export interface CounterSample {
  /** Microseconds; where no times are known, reports are numbered from 0. */
  readonly time: number;
  readonly stats: PartialStats;
  /** How often the system had rebooted before; absent for never. */
  readonly boot?: number;
}

/**
 * Reports in which the counters of a heap go on: after a reset, a boot, or with a new instance of a TA the next stretch begins.
 * Then the size is another, or what only rises is lower than before. A TA that did not answer gives zeros, which are left out.
 */
export function stretchesOf(samples: readonly CounterSample[]): CounterSample[][] {
  const found: CounterSample[][] = [];
  let known: PartialStats = {};
  let booted = 0;
  for (const sample of samples) {
    if (sample.stats.size === 0) continue;
    const { boot = 0 } = sample;
    if (found.length === 0 || boot !== booted || isRestart(known, sample.stats)) {
      found.push([]);
      known = {};
    }
    booted = boot;
    found.at(-1)?.push(sample);
    known = { ...known, ...sample.stats };
  }
  return found;
}

/** True where the counters of a heap began anew between two reports. */
export function isRestart(
  before: PartialStats,
  { size, maxAllocated, failures, biggestFailure }: PartialStats,
): boolean {
  return (
    (size ?? before.size) !== (before.size ?? size) ||
    isLess(maxAllocated, before.maxAllocated) ||
    isLess(failures, before.failures) ||
    isLess(biggestFailure, before.biggestFailure)
  );
}

function isLess(after: number | undefined, before: number | undefined): boolean {
  return after !== undefined && before !== undefined && after < before;
}
