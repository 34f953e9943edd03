// The messages between a trial pool and its workers.
import type { TrialHeap, TrialJob, TrialOutcome } from "../../analyze/size/pool_trial.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";

/** What a worker gets when it starts: a trace and a plan whose columns lie in shared memory. */
export interface TrialSetup {
  readonly trace: RecordedTrace;
  readonly ended: Int32Array;
  readonly curable: readonly number[];
}

/** One replay to perform, by its place in the list of asks. */
export interface TrialRequest {
  readonly index: number;
  readonly heap: TrialHeap;
  readonly job: TrialJob;
}

/** Its outcome. */
export interface TrialReply {
  readonly index: number;
  readonly outcome: TrialOutcome;
}
