// @ts-check
// npm run bench: nanoseconds per operation beside other allocators, each figure the median of several runs. The allocators
// take turns, so that a machine that gets slower for a while gets slower for all of them.
import os from "node:os";
import { Worker } from "node:worker_threads";
import { consoleRows } from "./console.js";
import { recordingRows } from "./recording.js";
import { compileTlsf, MAKERS } from "./subjects.js";
import { sweepSeconds } from "./sweep.js";
import { TRACE_WORKLOADS } from "./trace.js";
import { WORKLOADS } from "./workloads.js";

/** Both multiples of EACH, and RUNS an odd one, so that a median is a run. */
const RUNS = 21;
const WARM_UP = 6;
/** What is slow takes part in one of so many rounds. */
const EACH = 3;
/** Runs of what is measured without a peer. */
const OWN_RUNS = 7;
/** Nanoseconds per operation from which on a workload is cut short. */
const SLOW = 20_000;

/** @typedef {{ took: number, note: string }} Reply */

/**
 * @typedef {object} Row What is measured without a peer.
 * @property {string} name
 * @property {string} allocator
 * @property {number} operations
 * @property {number[]} runs Nanoseconds per operation (a line, an event) of each run, ascending.
 * @property {string} note
 */

const pattern = new RegExp(process.argv[2] ?? "");
const [cpu] = os.cpus();
console.log(
  `${cpu?.model ?? "unknown processor"}, ${os.cpus().length} cores, ${os.platform()} ${os.arch()}, Node ${process.version}`,
);
const tlsf = await compileTlsf();
const rows = [["workload", "allocator", "ns/op", "min", "max", "of TLSF", "M/s", ""]];
for (const workload of [...TRACE_WORKLOADS, ...WORKLOADS].filter(({ name }) => pattern.test(name))) {
  rows.push(...(await race(workload)));
}
if (rows.length > 1) print(rows);
if (pattern.test("sweep")) {
  const { events, trials, workers, runs } = await sweepSeconds(OWN_RUNS);
  const [low, high] = [runs[0] ?? 0, runs.at(-1) ?? 0].map((s) => s.toFixed(2));
  console.log(
    `sweep of ${trials} heaps over ${events.toLocaleString("en")} events, ${workers} threads: ${median(runs).toFixed(2)} s (${low} to ${high})`,
  );
}

if (pattern.test("files")) {
  const files = [...(await consoleRows()), ...(await recordingRows())].map(({ name, runs, note }) => {
    const figures = [median(runs), runs[0] ?? 0, runs.at(-1) ?? 0].map(format);
    return [name, "teemem", ...figures, "", (1000 / median(runs)).toFixed(1), note];
  });
  print([["files", "", "ns/op", "min", "max", "", "M/s", ""], ...files]);
}

/** All allocators do one workload in turns, each in a thread of its own. Returns its lines of the table. @param {import("./workloads.js").Workload} workload */
async function race({ name, own }) {
  const lanes = MAKERS.filter(
    ({ name: allocator, only }) => (only?.test(name) ?? true) && (!own || allocator.startsWith("teemem")),
  ).map((maker) => ({
    ...maker,
    worker: startWorker(maker.name, name),
    slow: isLinear(maker.name),
    note: "",
    runs: /** @type {Map<number, number>} */ (new Map()),
  }));
  for (let round = -WARM_UP; round < RUNS; round++) {
    // There and back, as who comes behind a slow one would always pay for what that leaves to clean up.
    for (const lane of round % 2 === 0 ? lanes : lanes.toReversed()) {
      if (lane.slow && round % EACH !== 0) continue;
      const { took, note } = await ask(lane.worker, lane.slow);
      if (took > SLOW) lane.slow = true;
      lane.note = note;
      if (round >= 0) lane.runs.set(round, took);
    }
  }
  await Promise.all(lanes.map(({ worker }) => worker.terminate()));
  const reference = lanes.find((lane) => lane.name.endsWith("TLSF"))?.runs;
  return lanes.map((lane) => {
    // Of runs that were made one after the other, so that what slowed the machine down is in both.
    const ratios = [...lane.runs].map(([round, took]) => took / (reference?.get(round) ?? Number.NaN));
    const ratio = reference ? median(ascending(ratios)).toFixed(2) : "";
    const runs = ascending([...lane.runs.values()]);
    const figures = [median(runs), runs[0] ?? 0, runs.at(-1) ?? 0].map(format);
    const note = [lane.less, lane.note].filter(Boolean).join("; ");
    return [name, lane.name, ...figures, ratio, (1000 / median(runs)).toFixed(1), note];
  });
}

/** What looks at one block after the other: only few operations end in time. @param {string} allocator */
function isLinear(allocator) {
  return allocator.endsWith("scan") || allocator.startsWith("@thi.ng");
}

/** @param {string} allocator @param {string} workload */
function startWorker(allocator, workload) {
  return new Worker(new URL("./worker.js", import.meta.url), { workerData: { allocator, workload, tlsf } });
}

/** @param {Worker} worker @param {boolean} slow @returns {Promise<Reply>} */
function ask(worker, slow) {
  return new Promise((resolve, reject) => {
    const fail = (/** @type {unknown} */ error) => reject(error);
    worker.once("error", fail);
    worker.once("message", (reply) => {
      worker.off("error", fail);
      resolve(reply);
    });
    worker.postMessage(slow);
  });
}

/** @param {number[]} numbers */
function ascending(numbers) {
  return numbers.toSorted((a, b) => a - b);
}

/** @param {number[]} sorted */
function median(sorted) {
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** @param {number} n */
function format(n) {
  return n < 1000 ? n.toFixed(1) : Math.round(n).toLocaleString("en");
}

/** @param {string[][]} table */
function print(table) {
  const widths = table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? [];
  for (const line of table) {
    const cells = line.map((cell, i) => (i < 2 || i > 6 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)));
    console.log(cells.join("  ").trimEnd());
  }
}
