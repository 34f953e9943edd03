// What `xtest --stats` itself takes of the core heap while it asks: its session, and buffers it shares with the core.
import { ordinal } from "./ordinal.ts";

/** The cost of one question, in bytes of the core heap, headers included. All of it is given back. */
interface QuestionCost {
  /** What of it is counted in the answer of --alloc: "Bytes allocated" is so much higher than without the question. */
  readonly held: number;
  /** The most that it takes, a little before or after. The peak of a pool may be so much higher than without the question. */
  readonly peak: number;
  /** Allocations and releases. */
  readonly operations: number;
}

interface Row extends QuestionCost {
  readonly release: string;
  readonly leakHeaders: boolean;
}

// Builds with 64-bit words. Measured in running systems by their own counters (4.0.0 from recorded boots; 4.5.0, 4.10.0: memory of
// the emulated machine, read before, while and after xtest asked).
const MEASURED: readonly Row[] = [
  { release: "4.0", leakHeaders: false, held: 368, peak: 496, operations: 28 },
  { release: "4.0", leakHeaders: true, held: 512, peak: 720, operations: 28 },
  { release: "4.5", leakHeaders: false, held: 368, peak: 496, operations: 30 },
  { release: "4.10", leakHeaders: false, held: 368, peak: 496, operations: 28 },
  { release: "4.10", leakHeaders: true, held: 432, peak: 720, operations: 20 },
];

/** About so much of the core heap is taken for a moment by --ta, for each question (measured: 4.0.0 with leak headers). */
export const TA_QUESTION_PEAK = 1800;

/** The cost of one --alloc, where it was measured: a release by its first two numbers, with leak headers in the core or without. */
export function questionCost(version: string, leakHeaders: boolean): QuestionCost | undefined {
  return MEASURED.find((row) => ordinal(row.release) === ordinal(version) && row.leakHeaders === leakHeaders);
}

/** The least and the most that one --alloc was seen to hold, over all builds that were measured. */
export function heldRange(): readonly [least: number, most: number] {
  const all = MEASURED.map(({ held }) => held);
  return [Math.min(...all), Math.max(...all)];
}
