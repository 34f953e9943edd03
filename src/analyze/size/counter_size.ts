// Estimates the size of a pool from counters alone.
import { missingCounters, type PartialStats } from "../../abi/record.ts";
import { grouped, percent } from "../../base/format.ts";
import { zeroCounters } from "../../malloc/counters.ts";
import { poolNamed } from "../../release/releases.ts";
import { bestFitOption } from "../heap_knob.ts";
import { hadRoom, lackedBytes, neededRoom, poolAdvice, selfTestSentence } from "../pool_advice.ts";
import { isSelfTestLargest } from "../self_test.ts";

/**
 * What counters alone say about the size of a pool. All in bytes; block headers are in all but `biggestFailure`. Null for what
 * is not known.
 */
export interface CounterSize {
  readonly size: number | null;
  readonly peak: number | null;
  /** `size` less the maximum: what this load left unused; null for a heap that grows. */
  readonly waste: number | null;
  readonly failures: number | null;
  /** Biggest failure and what was used at it, less `size`: what was missing at least; 0 if that much was free. */
  readonly missing: number | null;
  /** The least that the pool must have had; null where the counters do not tell. */
  readonly estimate: number | null;
  /** Which kind of estimate it is. */
  readonly kind:
    | "upper bound of waste"
    | "growing"
    | "lower bound"
    | "fragmented"
    | "impossible request"
    | "self test"
    | "not recorded";
  readonly text: string;
}

/** What is known of a pool besides its counters. */
interface SizedPool {
  /** As statistics call it; empty for a TA's heap. */
  readonly name?: string;
  /** How it grows over several reports, in a sentence; empty where it does not. */
  readonly growth?: string;
}

/** Alignment and headers of one block in the 64-bit layout. */
const QUANTUM = 16;
const HEADER = 16;

/** The two rules for counters: maximum against size, and biggest failure with what was used at it against size. */
export function counterSize(stats: PartialStats, { name = "", growth = "" }: SizedPool = {}): CounterSize {
  if (missingCounters(stats).some((counter) => counter !== "allocated")) return unknownSize(stats, growth);
  const whole = { ...zeroCounters(), ...stats };
  const { size, maxAllocated: peak, failures, biggestFailure, biggestFailureUsed } = whole;
  const waste = growth === "" ? Math.max(0, size - peak) : null;
  const base = { size, peak, waste, failures, missing: 0, estimate: peak + HEADER };
  const share = `the peak took ${percent(peak, size)} % of ${grouped(size)} bytes`;
  const selfTest = isSelfTestLargest(stats, name);
  if (failures === 0 || selfTest) {
    const none = failures === 0 ? `No request failed and ${share}` : `${selfTestSentence(failures)} ${capital(share)}`;
    if (growth !== "")
      return { ...base, kind: "growing", text: `${growth} ${none}. No size lasts for a heap that grows on.` };
    if (failures > 1) return { ...base, waste: null, kind: "self test", text: `${none}.` };
    const text = `${none}: ${grouped(size - peak)} were never used. An estimate: counters do not show how the free memory lies, so requests may fail in a pool of exactly the peak.`;
    return { ...base, kind: "upper bound of waste", text };
  }
  const lead = growth === "" ? "" : `${growth} `;
  if (biggestFailure >= size) {
    const text = `${lead}The largest failed request, ${grouped(biggestFailure)} bytes, is more than the whole pool. The counters do not show smaller ones, so they say nothing about the size.`;
    return { ...base, estimate: null, kind: "impossible request", text };
  }
  const missing = Math.max(0, lackedBytes(whole));
  const block = Math.ceil(biggestFailure / QUANTUM) * QUANTUM + HEADER;
  if (missing > 0) {
    // The end mark of a pool is in its size, and never allocated.
    const estimate = Math.max(biggestFailureUsed + block + HEADER, peak + HEADER);
    const text = `${lead}A request for ${grouped(biggestFailure)} bytes failed with ${grouped(biggestFailureUsed)} in use: at least ${grouped(missing)} bytes are missing. This is an estimate and a lower bound: only the largest failure is known, and fragmented memory needs more.`;
    return { ...base, missing, estimate, kind: "lower bound", text };
  }
  if (!hadRoom(whole)) {
    const room = neededRoom(whole);
    const text = `${lead}A request for ${grouped(biggestFailure)} bytes failed with ${grouped(size - biggestFailureUsed)} free: it needs ${grouped(room)}, with its headers and the pool's end mark. This is an estimate and a lower bound: only the largest failure is known, and fragmented memory needs more.`;
    const estimate = Math.max(biggestFailureUsed + room, peak + HEADER);
    return { ...base, missing: biggestFailureUsed + room - size, estimate, kind: "lower bound", text };
  }
  const best = poolNamed(name)?.role === "heap" ? `; best fit may do so, too (${bestFitOption("core")})` : "";
  const text = `${lead}A request for ${grouped(biggestFailure)} bytes failed with ${grouped(size - biggestFailureUsed)} free: the free memory was fragmented, and counters cannot show how much more is needed. One more piece of ${grouped(block)} bytes would have served it, if all else lay as it was${best}.`;
  return { ...base, estimate: size + block, kind: "fragmented", text };
}

function unknownSize(stats: PartialStats, growth: string): CounterSize {
  const { size = null, maxAllocated: peak = null, failures = null } = stats;
  const unknown = { waste: null, missing: null, estimate: null };
  return { size, peak, failures, ...unknown, kind: "not recorded", text: poolAdvice({ ...stats, knob: "", growth }) };
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
