// @ts-check
// The sweep of `teemem size`: one recording in shared memory, replayed in worker threads in one heap after the other.
import * as doors from "./doors.js";
import { readTrace } from "./trace.js";

const { OP } = doors.replay;

const dist = new URL("../dist/", import.meta.url);
/** @type {typeof import("../src/cli/jobs/trial_pool.ts")} */
const { createTrialPool } = await import(new URL("cli/jobs/trial_pool.js", dist).href);
/** @type {typeof import("../src/analyze/size/pool_trial.ts")} */
const { planTrials } = await import(new URL("analyze/size/pool_trial.js", dist).href);

const EVENTS = 1_000_000;
const SIZES = 32;
const WORKERS = 2;

/** Seconds per sweep, ascending. @param {number} count */
export async function sweepSeconds(count) {
  const trace = repeat(readTrace(), EVENTS);
  const plan = planTrials(trace);
  const pool = createTrialPool(trace, plan, WORKERS, () => {});
  const largest = trace.instances[0]?.pools[0]?.length ?? 0;
  const runs = [];
  for (let run = -1; run < count; run++) {
    const start = performance.now();
    const outcomes = [];
    for (const fit of /** @type {const} */ (["first", "best"])) {
      const asks = Array.from({ length: SIZES }, (_, n) => ({ pool: largest - 512 * n, until: trace.length }));
      outcomes.push(...(await pool.run({ fit, word: 8, leakHeaders: false }, false, asks)));
    }
    if (run >= 0) runs.push((performance.now() - start) / 1000);
    const [first] = outcomes;
    if (outcomes.some(({ stopped }) => stopped)) throw new Error("a replay ended early");
    if (first?.newFailures !== 0) throw new Error("a request fails in the pool that was recorded");
  }
  await pool.close();
  return { events: trace.length, trials: 2 * SIZES, workers: WORKERS, runs: runs.sort((a, b) => a - b) };
}

/**
 * The same program again and again in the same heap: what it left is freed before it starts anew.
 * @param {import("../src/replay/index.ts").RecordedTrace} trace @param {number} length
 */
function repeat(trace, length) {
  const [pool] = trace.instances[0]?.pools ?? [];
  const ended = new Uint8Array(trace.blocks);
  for (let row = 0; row < trace.length; row++) {
    const end = /** @type {number} */ (trace.ends[row]);
    if (end >= 0 && !isRefused(trace, row)) ended[end] = 1;
  }
  const left = [...ended.keys()].filter((block) => ended[block] === 0 && block !== trace.makes[pool?.tableRow ?? -1]);
  const from = new Int32Array(length);
  const makes = new Int32Array(length).fill(-1);
  const ends = new Int32Array(length).fill(-1);
  const op = new Uint8Array(length).fill(OP.F);
  let at = 0;
  let first = 0;
  for (; at < length; first += trace.blocks) {
    for (let row = 0; row < trace.length && at < length; row++) {
      if (first > 0 && (trace.op[row] === OP.P || row === pool?.tableRow)) continue;
      const made = /** @type {number} */ (trace.makes[row]);
      const end = /** @type {number} */ (trace.ends[row]);
      from[at] = row;
      op[at] = /** @type {number} */ (trace.op[row]);
      makes[at] = made < 0 ? -1 : first + made;
      ends[at] = end < 0 ? -1 : first + end;
      at++;
    }
    for (const block of left) {
      if (at === length) break;
      from[at] = trace.length - 1;
      ends[at] = first + block;
      at++;
    }
  }
  /** @param {ArrayLike<number>} column */
  const spread = (column) => Float64Array.from(from, (row) => column[row] ?? 0);
  /** @param {ArrayLike<number>} column */
  const spreadIndex = (column) => Int32Array.from(from, (row) => column[row] ?? 0);
  return {
    ...trace,
    ...{ length, op, makes, ends, blocks: first, skipped: new Int32Array(0) },
    ...{ instance: spreadIndex(trace.instance), site: spreadIndex(trace.site), thread: spreadIndex(trace.thread) },
    ...{ size: spread(trace.size), arg: spread(trace.arg), allocated: spread(trace.allocated) },
    ...{ time: spread(trace.time), pointer: spread(trace.pointer), result: spread(trace.result) },
    instances: trace.instances.map((life) => ({ ...life, last: length - 1 })),
  };
}

/** @param {import("../src/replay/index.ts").RecordedTrace} trace @param {number} row */
function isRefused(trace, row) {
  return trace.result[row] === 0 && (trace.op[row] === OP.R || trace.op[row] === OP.M);
}
