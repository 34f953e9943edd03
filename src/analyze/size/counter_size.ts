// Estimates the size of a pool from counters alone.
import { missingCounters, type PartialStats } from "../../abi/record.ts";
import { grouped, percent } from "../../base/format.ts";
import { zeroCounters } from "../../malloc/counters.ts";
import { poolAdvice } from "../pool_advice.ts";

/**
 * What counters alone say about the size of a pool. All in bytes; block headers are in all but `biggestFailure`. Null for what
 * is not known.
 */
export interface CounterSize {
  readonly size: number | null;
  readonly peak: number | null;
  /** `size` less the maximum: what this load left unused. */
  readonly waste: number | null;
  readonly failures: number | null;
  /** Biggest failure and what was used at it, less `size`: what was missing at least; 0 if that much was free. */
  readonly missing: number | null;
  /** Pool that the two rules ask for. */
  readonly estimate: number | null;
  /** Which kind of estimate it is. */
  readonly kind: "upper bound of waste" | "lower bound" | "fragmented" | "impossible request" | "not recorded";
  readonly text: string;
}

/** Alignment and headers of one block in the 64-bit layout. */
const QUANTUM = 16;
const HEADER = 16;

/** The two rules for counters: maximum against size, and biggest failure with what was used at it against size. */
export function counterSize(stats: PartialStats): CounterSize {
  if (missingCounters(stats).some((name) => name !== "allocated")) return unknownSize(stats);
  const { size, maxAllocated: peak, failures, biggestFailure, biggestFailureUsed } = { ...zeroCounters(), ...stats };
  const waste = Math.max(0, size - peak);
  const block = Math.ceil(biggestFailure / QUANTUM) * QUANTUM + HEADER;
  // The end mark of a pool is in its size, and never allocated.
  const needed = biggestFailureUsed + block + HEADER;
  const missing = failures > 0 && biggestFailure < size ? Math.max(0, needed - size) : 0;
  const base = { size, peak, waste, failures, missing };
  if (failures === 0) {
    const text = `No request failed and the peak took ${percent(peak, size)} % of ${grouped(size)} bytes: at most ${grouped(waste)} are waste. This is an estimate: counters do not show the layout of the free memory, so requests may still fail in a pool of exactly the peak.`;
    return { ...base, estimate: peak + HEADER, kind: "upper bound of waste", text };
  }
  if (biggestFailure >= size) {
    const text = `The largest failed request, ${grouped(biggestFailure)} bytes, is more than the whole pool. The counters do not show smaller ones, so they say nothing about the size.`;
    return { ...base, estimate: size, kind: "impossible request", text };
  }
  if (missing > 0) {
    const text = `A request for ${grouped(biggestFailure)} bytes failed with ${grouped(biggestFailureUsed)} in use: at least ${grouped(missing)} bytes are missing. This is an estimate and a lower bound: only the largest failure is known, and fragmented memory needs more.`;
    return { ...base, estimate: Math.max(needed, peak + HEADER), kind: "lower bound", text };
  }
  const text = `A request for ${grouped(biggestFailure)} bytes failed with ${grouped(size - biggestFailureUsed)} free: the free memory was fragmented, and counters cannot show how much more is needed. Record the events (\`teemem record\`) and size by replay.`;
  return { ...base, estimate: size, kind: "fragmented", text };
}

function unknownSize(stats: PartialStats): CounterSize {
  const { size = null, maxAllocated: peak = null, failures = null } = stats;
  const unknown = { waste: null, missing: null, estimate: null };
  return { size, peak, failures, ...unknown, kind: "not recorded", text: poolAdvice({ ...stats, knob: "" }) };
}
