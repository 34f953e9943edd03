// A worker thread of `teemem size`: performs replays one after the other, over columns that all workers share.
import { parentPort, workerData } from "node:worker_threads";
import { tryPool } from "../../analyze/size/pool_trial.ts";
import { assert } from "../../base/assert.ts";
import type { TrialReply, TrialRequest, TrialSetup } from "./trial_job.ts";

const port = parentPort;
assert(port !== null, "this file runs in a worker thread");
const { trace, ended, curable } = workerData as TrialSetup;
const plan = { ended, curable: new Set(curable) };

port.on("message", ({ index, heap, job }: TrialRequest) => {
  const reply: TrialReply = { index, outcome: tryPool(trace, plan, heap, job) };
  port.postMessage(reply);
});
