// A worker thread of `teemem fuzz`: one session, whose events go to the main thread.
import { parentPort, workerData } from "node:worker_threads";
import { assert } from "../../base/assert.ts";
import { DEEP_STACK } from "../../base/deep_error.ts";
import { type FuzzJob, runFuzzJob } from "./fuzz_job.ts";
import type { FuzzMessage } from "./fuzz_pool.ts";

const port = parentPort;
assert(port !== null, "this file runs in a worker thread");
Error.stackTraceLimit = DEEP_STACK;
const post = (message: FuzzMessage): void => port.postMessage(message);
const ended = await runFuzzJob(workerData as FuzzJob, {
  progress: (progress) => post({ kind: "progress", progress }),
  bug: (bug) => post({ kind: "bug", bug }),
  kept: (input) => post({ kind: "kept", input }),
});
post(ended.ok ? { kind: "end", progress: ended.value } : { kind: "failed", error: ended.error });
