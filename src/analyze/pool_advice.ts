// One sentence of advice on a pool, from its counters.
import type { AllocStats, PartialStats } from "../abi/record.ts";
import { grouped, percent } from "../base/format.ts";
import { zeroCounters } from "../malloc/counters.ts";
import { poolNamed } from "../release/releases.ts";
import { notRecorded } from "./not_recorded.ts";

/** A pool's counters and the build option that sets its size; empty if there is none. */
export interface AdvisedPool extends AllocStats {
  readonly knob: string;
}

interface Rule {
  readonly when: (pool: AdvisedPool) => boolean;
  readonly say: (pool: AdvisedPool) => string;
}

const NEAR = 0.9;
const ROOMY = 0.5;

// The first rule that holds is the advice.
const RULES: readonly Rule[] = [
  { when: ({ size }) => size === 0, say: () => "No data: not in this build, or not queried." },
  {
    when: ({ failures, biggestFailure, maxAllocated, size }) =>
      failures > 1 && biggestFailure >= size && maxAllocated >= NEAR * size,
    say: (pool) =>
      `${failed(pool.failures)}, and its peak took ${peak(pool)} % of it: it is too small for this load${raise(pool)}. (No pool could have served the largest, ${grouped(pool.biggestFailure)} bytes.)`,
  },
  {
    when: ({ failures, biggestFailure, size }) => failures > 0 && biggestFailure >= size,
    say: ({ failures, biggestFailure }) =>
      `${failed(failures)}; the largest asked for ${grouped(biggestFailure)} bytes, more than the whole pool has. Look at the caller, not at the size.${others(failures)}`,
  },
  {
    when: ({ failures, biggestFailure, biggestFailureUsed, size }) =>
      failures > 0 && biggestFailure + biggestFailureUsed > size,
    say: (pool) =>
      `${failed(pool.failures)}; the largest lacked ${grouped(missing(pool))} bytes${raise(pool)}.${others(pool.failures)}`,
  },
  {
    when: ({ failures }) => failures > 0,
    say: (pool) =>
      `${failed(pool.failures)} although enough was free: ${grouped(pool.biggestFailure)} bytes with ${grouped(pool.size - pool.biggestFailureUsed)} free, but in pieces. That is fragmentation; try best fit, or a larger pool.${others(pool.failures)}`,
  },
  {
    when: ({ maxAllocated, size }) => maxAllocated >= NEAR * size,
    say: (pool) => `Its peak took ${peak(pool)} % of it: the next larger load may fail${raise(pool)}.`,
  },
  {
    when: ({ maxAllocated, size }) => maxAllocated > 0 && maxAllocated < ROOMY * size,
    say: (pool) => `Its peak took ${peak(pool)} % of it: more than enough for this load.`,
  },
  { when: ({ maxAllocated }) => maxAllocated === 0, say: () => "Not used so far." },
  { when: () => true, say: (pool) => `Its peak took ${peak(pool)} % of it.` },
];

/**
 * One sentence on a pool, from its counters alone: an estimate, for they do not tell where free memory lies. Where a counter
 * is missing that decides, only what is known is said.
 */
export function poolAdvice(pool: PartialStats & { readonly knob: string }): string {
  const whole = { ...zeroCounters(), ...pool };
  if (!decides(pool)) return [notRecorded(pool), ...knownFailures(pool)].join(" ");
  return RULES.find(({ when }) => when(whole))?.say(whole) ?? "";
}

/** True where no missing counter could change the advice. */
function decides({ size, failures, biggestFailure, biggestFailureUsed, maxAllocated }: PartialStats): boolean {
  if (size === 0) return true;
  if (size === undefined || failures === undefined) return false;
  if (failures === 0) return maxAllocated !== undefined;
  if (biggestFailure === undefined) return false;
  return biggestFailure >= size ? failures === 1 || maxAllocated !== undefined : biggestFailureUsed !== undefined;
}

function knownFailures({ failures = 0, biggestFailure }: PartialStats): string[] {
  if (failures === 0) return [];
  const largest = biggestFailure === undefined ? "" : `; the largest asked for ${grouped(biggestFailure)} bytes`;
  return [`${failed(failures)}${largest}.`];
}

/** The build option behind a pool, by its name. */
export function knobOf(name: string): string {
  return poolNamed(name)?.knob ?? "";
}

function failed(failures: number): string {
  return failures === 1 ? "1 request failed" : `${grouped(failures)} requests failed`;
}

/** The counters keep the largest failure only. */
function others(failures: number): string {
  return failures > 1 ? " The counters do not show the others." : "";
}

function missing({ biggestFailure, biggestFailureUsed, size }: AdvisedPool): number {
  return biggestFailure + biggestFailureUsed - size;
}

function raise({ knob }: AdvisedPool): string {
  return knob === "" ? "" : `; ${knob} sets its size`;
}

function peak({ maxAllocated, size }: AdvisedPool): number {
  return percent(maxAllocated, size);
}
