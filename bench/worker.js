// @ts-check
// One allocator in a thread of its own, so that nothing else has a hand in how its code is compiled.
import { parentPort, workerData } from "node:worker_threads";
import { MAKERS } from "./subjects.js";
import { TRACE_WORKLOADS } from "./trace.js";
import { WORKLOADS } from "./workloads.js";

const { allocator, tlsf } = /** @type {{ allocator: string, tlsf: Uint8Array }} */ (workerData);
const maker = MAKERS.find(({ name }) => name === allocator);
const workloads = [...TRACE_WORKLOADS, ...WORKLOADS];

/** @type {{ workload: string, slow: boolean, run: import("./workloads.js").Run } | null} */
let kept = null;

parentPort?.on("message", async ({ workload, slow }) => {
  const wanted = workloads.find(({ name }) => name === workload);
  if (!maker || !wanted) throw new Error(`no workload ${workload} for ${allocator}`);
  if (kept !== null && (kept.workload !== workload || kept.slow !== slow)) kept = null;
  const run = kept?.run ?? wanted.prepare(await maker.make(wanted.heap(), tlsf), slow);
  if (wanted.lasting) kept = { workload, slow, run };
  const start = process.hrtime.bigint();
  const operations = run.work();
  const took = Number(process.hrtime.bigint() - start);
  parentPort?.postMessage({ operations, took: took / operations, note: run.verify() });
});
