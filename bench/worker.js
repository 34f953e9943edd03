// @ts-check
// One allocator and one workload in a thread of its own, so that nothing else has a hand in how its code is compiled.
import { parentPort, workerData } from "node:worker_threads";
import { MAKERS } from "./subjects.js";
import { TRACE_WORKLOADS } from "./trace.js";
import { WORKLOADS } from "./workloads.js";

const { allocator, workload, tlsf } = /** @type {{ allocator: string, workload: string, tlsf: Uint8Array }} */ (
  workerData
);
const maker = MAKERS.find(({ name }) => name === allocator);
const wanted = [...TRACE_WORKLOADS, ...WORKLOADS].find(({ name }) => name === workload);
if (!maker || !wanted) throw new Error(`no workload ${workload} for ${allocator}`);

/** @type {{ slow: boolean, run: import("./workloads.js").Run } | null} */
let kept = null;

parentPort?.on("message", async (/** @type {boolean} */ slow) => {
  if (kept?.slow !== slow) kept = null;
  const run = kept?.run ?? wanted.prepare(await maker.make(wanted.heap(), tlsf), slow);
  if (wanted.lasting) kept = { slow, run };
  const start = process.hrtime.bigint();
  const operations = run.work();
  const took = Number(process.hrtime.bigint() - start);
  parentPort?.postMessage({ took: took / operations, note: run.verify() });
});
