// One sentence of advice on a pool, from its counters.
import type { AllocStats, PartialStats } from "../abi/record.ts";
import { grouped, percent } from "../base/format.ts";
import { zeroCounters } from "../malloc/counters.ts";
import { poolNamed } from "../release/releases.ts";
import { SELF_TEST_BYTES } from "../release/self_test.ts";
import { notRecorded } from "./not_recorded.ts";
import { isSelfTestLargest, SELF_TEST } from "./self_test.ts";

/** What is known of a pool besides its counters. */
interface PoolFacts {
  /** The build option that sets its size; empty if there is none. */
  readonly knob: string;
  /** As statistics call it; empty for a TA's heap. */
  readonly name?: string;
  /** How it grows over several reports, in a sentence; empty where it does not. */
  readonly growth?: string;
}

/** A pool's counters and what else is known of it. */
export interface AdvisedPool extends AllocStats, PoolFacts {}

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
      `${failed(pool.failures)}, and its peak took ${peak(pool)} % of it: it is too small for this load${raise(pool)}. (${impossible(pool)})`,
  },
  {
    when: (pool) => isSelfTestLargest(pool, pool.name ?? ""),
    say: (pool) => `${selfTestSentence(pool.failures)} Its peak took ${peak(pool)} % of it.`,
  },
  {
    when: ({ failures, biggestFailure, size }) => failures > 0 && biggestFailure >= size,
    say: ({ failures, biggestFailure }) =>
      `${failed(failures)}; the largest asked for ${grouped(biggestFailure)} bytes, more than the whole pool has. Look at the caller, not at the size.${others(failures)}`,
  },
  {
    when: (pool) => pool.failures > 0 && lackedBytes(pool) > 0,
    say: (pool) =>
      `${failed(pool.failures)}; the largest lacked at least ${grouped(lackedBytes(pool))} bytes${raise(pool)}.${others(pool.failures)}`,
  },
  {
    when: (pool) => pool.failures > 0 && !hadRoom(pool),
    say: (pool) =>
      `${failed(pool.failures)}; the largest asked for ${grouped(pool.biggestFailure)} bytes with ${grouped(pool.size - pool.biggestFailureUsed)} free, hardly enough with its headers and the pool's end mark${raise(pool)}.${others(pool.failures)}`,
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
    when: ({ maxAllocated, size, growth = "" }) => maxAllocated > 0 && maxAllocated < ROOMY * size && growth === "",
    say: (pool) => `Its peak took ${peak(pool)} % of it: more than enough for this load.`,
  },
  { when: ({ maxAllocated }) => maxAllocated === 0, say: () => "Not used so far." },
  { when: () => true, say: (pool) => `Its peak took ${peak(pool)} % of it.` },
];

/**
 * One sentence on a pool, from its counters alone: an estimate, for they do not tell where free memory lies. Where a counter
 * is missing that decides, only what is known is said.
 */
export function poolAdvice(pool: PartialStats & PoolFacts): string {
  const whole = { ...zeroCounters(), ...pool };
  const advice = decides(pool)
    ? [RULES.find(({ when }) => when(whole))?.say(whole) ?? ""]
    : [notRecorded(pool), ...knownFailures(pool)];
  return [pool.growth ?? "", ...advice].filter((text) => text !== "").join(" ");
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

/**
 * What the largest failed request lacked: what it asked for and what was in use, less the size; 0 or less where that much was
 * free. With the headers of its block it is a few bytes more, in every build.
 */
export function lackedBytes({
  biggestFailure,
  biggestFailureUsed,
  size,
}: Pick<AllocStats, "biggestFailure" | "biggestFailureUsed" | "size">): number {
  return biggestFailure + biggestFailureUsed - size;
}

/** Bytes of one header and of the quantum with 64-bit words, the larger ones. */
const HEADER = 16;

/**
 * Bytes that must be free for the largest failed request, in one piece: its block, and the pool's end mark, which counts as
 * free. With 32-bit words it is a few bytes less.
 */
export function neededRoom({ biggestFailure }: Pick<AllocStats, "biggestFailure">): number {
  return Math.ceil(Math.max(1, biggestFailure) / HEADER) * HEADER + 2 * HEADER;
}

/** True where enough was free for the largest failed request, so that it lay in pieces. */
export function hadRoom({
  biggestFailure,
  biggestFailureUsed,
  size,
}: Pick<AllocStats, "biggestFailure" | "biggestFailureUsed" | "size">): boolean {
  return size - biggestFailureUsed >= neededRoom({ biggestFailure });
}

function impossible(pool: AdvisedPool): string {
  if (isSelfTestLargest(pool, pool.name ?? ""))
    return `The largest, ${grouped(pool.biggestFailure)} bytes, is that of ${SELF_TEST}, which fails on purpose.`;
  return `No pool could have served the largest, ${grouped(pool.biggestFailure)} bytes.`;
}

/** Says that the largest failed request says nothing of a heap, and what is known of the others. */
export function selfTestSentence(failures: number): string {
  const bytes = grouped(SELF_TEST_BYTES);
  if (failures === 1) return `No request failed but that of ${SELF_TEST}, ${bytes} bytes, which fails on purpose.`;
  return `${failed(failures)}; the largest, ${bytes} bytes, is that of ${SELF_TEST}, which fails on purpose once a run. The counters do not show the others: more runs, or smaller requests.`;
}

function raise({ knob }: AdvisedPool): string {
  return knob === "" ? "" : `; ${knob} sets its size`;
}

function peak({ maxAllocated, size }: AdvisedPool): number {
  return percent(maxAllocated, size);
}
