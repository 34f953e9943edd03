// Replays a trace in one pool and judges each of its stages.
import type { Word } from "../../heap/geometry.ts";
import { isCounted } from "../../malloc/counters.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { markOf } from "../../replay/trace_row.ts";
import { whatIf } from "../../replay/what_if.ts";
import { isRefused } from "../refused.ts";

/** An allocator to try. */
export interface TrialHeap {
  readonly fit: "first" | "best";
  readonly word: Word;
  readonly leakHeaders: boolean;
}

/** A replay to perform: how large the pool is, and how far to go. */
export interface TrialJob {
  /** Bytes. */
  readonly pool: number;
  /** Rows [0, until) are replayed. */
  readonly until: number;
  /** End at the first failure that a good pool would not have: enough to reject this pool. */
  readonly brief: boolean;
}

/** A request that had succeeded in the recording and failed in a trial, or a recorded one that should now succeed. */
export interface TrialFailure {
  readonly row: number;
  /** Index into the trace's instances. */
  readonly instance: number;
  readonly recorded: boolean;
}

/**
 * What a replay in a pool showed. Stages are the marks, with one before them for the rows before the first mark. A stage
 * is spoilt (bit 1) if a request fails in it that had succeeded, or if a block is missing at its start because its
 * request failed earlier; it is unserved (bit 2) if a request in it fails again that a larger pool would serve.
 */
export interface TrialOutcome {
  readonly pool: number;
  readonly until: number;
  readonly stages: Uint8Array;
  /** Requests that fail but had succeeded, and requests that fail again but would succeed in a larger pool. */
  readonly newFailures: number;
  readonly unserved: number;
  /** The first of both; null if there is none. */
  readonly first: TrialFailure | null;
  /** Most bytes allocated, of all instances. */
  readonly peak: number;
  /** True if the replay ended at `first`. */
  readonly stopped: boolean;
}

export const SPOILT = 1;
export const UNSERVED = 2;

/** What all trials of a trace share. */
export interface TrialPlan {
  /** Row that ends each block; -1 for none. */
  readonly ended: Int32Array;
  /** Rows refused in the recording that a larger or less scattered pool would have served. */
  readonly curable: ReadonlySet<number>;
}

/** Prepares a trace for trials. */
export function planTrials(trace: RecordedTrace): TrialPlan {
  const ended = new Int32Array(trace.blocks).fill(-1);
  const curable = new Set<number>();
  for (let row = 0; row < trace.length; row++) {
    const given = trace.ends[row] as number;
    if (isRefused(trace, row)) {
      if (isCurable(trace, row)) curable.add(row);
    } else if (given >= 0) ended[given] = row;
  }
  return { ended, curable };
}

/** Replays a trace in another heap and judges every stage of it. */
export function tryPool(trace: RecordedTrace, plan: TrialPlan, heap: TrialHeap, job: TrialJob): TrialOutcome {
  const count = trace.marks.length + 1;
  const stages = new Uint8Array(count);
  // Differences of the number of missing blocks from stage to stage.
  const missing = new Int32Array(count + 1);
  let unserved = 0;
  let first: TrialFailure | null = null;
  const onRefused = (row: number, recorded: boolean): boolean => {
    if (recorded && !plan.curable.has(row)) return false;
    const stage = markOf(trace, row) + 1;
    if (recorded) {
      unserved++;
      stages[stage] = (stages[stage] as number) | UNSERVED;
    } else {
      const end = plan.ended[trace.makes[row] as number] as number;
      const last = end < 0 ? count - 1 : markOf(trace, end) + 1;
      missing[stage] = (missing[stage] as number) + 1;
      missing[last + 1] = (missing[last + 1] as number) - 1;
    }
    first ??= { row, instance: trace.instance[row] as number, recorded };
    return job.brief;
  };
  const { pool, until } = job;
  const result = whatIf(trace, { ...heap, pool, until, keep: 0, onRefused });
  // A pool that is too small for the allocator itself, or for the table of its pools.
  if (!result.ok) return impossible(pool, until, count);
  let here = 0;
  for (let stage = 0; stage < count; stage++) {
    here += missing[stage] as number;
    if (here > 0) stages[stage] = (stages[stage] as number) | SPOILT;
  }
  const { newFailures, lives, stopped } = result.value;
  return { pool, until, stages, newFailures, unserved, first, stopped, peak: maximum(lives.map(({ peak }) => peak)) };
}

/** True if a recorded failure could have been spared: the request was no nonsense, and smaller than its pool. */
function isCurable(trace: RecordedTrace, row: number): boolean {
  if (!isCounted(trace.op[row] as number, trace.arg[row] as number)) return false;
  const instance = trace.instances[trace.instance[row] as number];
  return (trace.size[row] as number) < (instance?.pools.reduce((sum, { length }) => sum + length, 0) ?? 0);
}

function impossible(pool: number, until: number, count: number): TrialOutcome {
  const stages = new Uint8Array(count).fill(SPOILT | UNSERVED);
  return { pool, until, stages, newFailures: 1, unserved: 0, first: null, peak: 0, stopped: true };
}

function maximum(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
