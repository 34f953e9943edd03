// The report of a what-if replay.
import type { RecordedTrace } from "./trace_columns.ts";

/** A request that got nothing. */
export interface RefusedRequest {
  readonly row: number;
  /** Line of the trace file, from 1. */
  readonly line: number;
  /** Number of the instance, as in the file. */
  readonly instance: number;
  /** Mark that the row belongs to; empty before the first. */
  readonly mark: string;
  /** Caller, an index into the trace's `sites`. */
  readonly site: number;
  /** Bytes asked for. */
  readonly size: number;
  /** Alignment asked for, 0 for none. */
  readonly alignment: number;
  /** True if it had failed in the recording, too. */
  readonly recorded: boolean;
  /** The heap at that moment, in bytes with block headers; `largestFree` is -1 if no block is free. */
  readonly allocated: number;
  readonly free: number;
  readonly largestFree: number;
  readonly freeBlocks: number;
}

/** One heap instance: sizes in bytes, block headers included. Rows are -1 where nothing was allocated. */
export interface LifeReport {
  /** Number of the instance, as in the file. */
  readonly instance: number;
  /** Bytes of all pools. */
  readonly pool: number;
  /** Most bytes allocated after an operation (what OP-TEE reports), and the row where that was first so. */
  readonly peak: number;
  readonly peakRow: number;
  /** Refused requests; those among them that had succeeded in the recording; and those that only the recording refused. */
  readonly failures: number;
  readonly newFailures: number;
  readonly rescued: number;
  /** State after its last row. */
  readonly end: {
    readonly allocated: number;
    readonly free: number;
    readonly largestFree: number;
    readonly freeBlocks: number;
  };
  /** The same of the recording. */
  readonly recorded: {
    readonly pool: number;
    readonly peak: number;
    readonly peakRow: number;
    readonly failures: number;
    readonly allocated: number;
  };
}

/** New failures of one mark. */
export interface MarkFailures {
  /** Empty for rows before the first mark. */
  readonly mark: string;
  readonly failures: number;
}

/** What became of a recorded trace in another allocator. */
export interface WhatIfReport {
  /** Rows replayed. */
  readonly operations: number;
  /** Lives that began in these rows, in the order in which they began. */
  readonly lives: readonly LifeReport[];
  /** The first failed requests, as many of each kind (new or not) as were to be kept. */
  readonly refused: readonly RefusedRequest[];
  /** Sums over all instances. */
  readonly newFailures: number;
  readonly rescued: number;
  /** Releases of blocks that the recording does not know. A sound recording has none. */
  readonly skipped: number;
  /** Marks that had new failures, in order. */
  readonly byMark: readonly MarkFailures[];
  /** True if `stopAfter` ended the replay early. */
  readonly stopped: boolean;
}

/** Names the marks of counts that were taken per mark, the first for what lies before all marks. */
export function failuresByMark(trace: RecordedTrace, counts: Int32Array): MarkFailures[] {
  return Array.from(counts, (failures, i) => ({ mark: trace.marks[i - 1]?.name ?? "", failures })).filter(
    ({ failures }) => failures > 0,
  );
}
