// Replays trials in worker threads.

import { extname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { HeapRunner } from "../../analyze/size/heap_size.ts";
import { type TrialOutcome, type TrialPlan, tryPool } from "../../analyze/size/pool_trial.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { sharedCopy, shareTrace } from "../inputs/shared_trace.ts";
import type { TrialReply, TrialRequest, TrialSetup } from "./trial_job.ts";

/** Replays in worker threads. End it with `close`. */
export interface TrialPool {
  readonly run: HeapRunner;
  close(): Promise<void>;
}

/** Below so many operations a worker costs more than it saves. */
const WORTH_IT = 50_000;
/** Asks in flight per worker, so that none waits for an answer to be read. */
const AHEAD = 2;

/** Starts so many workers over one trace, or does the work here where that is little or `workers` is below 2. */
export function createTrialPool(trace: RecordedTrace, plan: TrialPlan, workers: number, onDone: () => void): TrialPool {
  if (workers < 2 || trace.length < WORTH_IT) return poolHere(trace, plan, onDone);
  const setup: TrialSetup = {
    trace: shareTrace(trace),
    ended: sharedCopy(plan.ended),
    curable: [...plan.curable],
  };
  // The same kind of file as this one: a build has .js.
  const url = new URL(`./trial_worker${extname(import.meta.url)}`, import.meta.url);
  const threads = Array.from({ length: workers }, () => new Worker(url, { workerData: setup }));
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(heap, brief, asks) {
      const requests = asks.map(({ pool, until }, index) => ({ index, heap, job: { pool, until, brief } }));
      // One list at a time, as replies carry no more than their place in it.
      const outcomes = last.then(() => spread(threads, requests, onDone));
      last = outcomes.catch(() => {});
      return outcomes;
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

function poolHere(trace: RecordedTrace, plan: TrialPlan, onDone: () => void): TrialPool {
  let closed = false;
  const run: HeapRunner = async (heap, brief, asks) => {
    const outcomes: TrialOutcome[] = [];
    for (const { pool, until } of asks) {
      if (closed) break;
      outcomes.push(tryPool(trace, plan, heap, { pool, until, brief }));
      onDone();
      // Signals get their time.
      await setImmediate();
    }
    return outcomes;
  };
  return {
    run,
    close: async () => {
      closed = true;
    },
  };
}

/** Hands requests to whichever thread is free. A thread that fails fails them all. */
function spread(
  threads: readonly Worker[],
  requests: readonly TrialRequest[],
  onDone: () => void,
): Promise<readonly TrialOutcome[]> {
  if (requests.length === 0) return Promise.resolve([]);
  return new Promise((resolve, reject) => {
    const outcomes: TrialOutcome[] = [];
    let sent = 0;
    let done = 0;
    const next = (thread: Worker): void => {
      const request = requests[sent];
      if (request === undefined) return;
      sent++;
      thread.postMessage(request);
    };
    const heard = (thread: Worker) => {
      return ({ index, outcome }: TrialReply): void => {
        outcomes[index] = outcome;
        done++;
        onDone();
        if (done === requests.length) settle(() => resolve(outcomes));
        else next(thread);
      };
    };
    const failed = (error: unknown): void => settle(() => reject(error));
    const listeners = threads.map((thread) => ({ thread, message: heard(thread) }));
    const settle = (end: () => void): void => {
      for (const { thread, message } of listeners) thread.off("message", message).off("error", failed);
      end();
    };
    for (const { thread, message } of listeners) {
      thread.on("message", message).on("error", failed);
      for (let n = 0; n < AHEAD; n++) next(thread);
    }
  });
}
