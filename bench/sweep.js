// @ts-check
// What `teemem size` does: the what-if replay of a recording, and a sweep over pool sizes and both fits in worker threads.
import { readFileSync } from "node:fs";
import os from "node:os";
import { gunzipSync } from "node:zlib";
import * as doors from "./doors.js";
import { measure } from "./measure.js";

const { parseRecordedTrace, whatIf } = doors.replay;
const { createTrialPool, planTrials } = doors.trials;

const TRACE = new URL("../data/optee-4.0.0/core.trace.gz", import.meta.url);
const FITS = /** @type {const} */ (["first", "best"]);
const SIZES = 32;
const EVENTS = 1_000_000;
const RUNS = 3;

/** @typedef {import("../src/replay/index.ts").RecordedTrace} Trace */

/** @returns {Promise<import("./run.js").Row[]>} */
export async function sweepRows() {
  const parsed = parseRecordedTrace(gunzipSync(readFileSync(TRACE)));
  if (!parsed.ok) throw new Error(parsed.error);
  const rows = [];
  for (const fit of FITS) {
    const result = await measure({
      prepare: () => ({ refused: 0 }),
      work: (state) => {
        const report = whatIf(parsed.value, { fit, pool: 73_728, keep: 0 });
        if (!report.ok) throw new Error(report.error);
        state.refused = report.value.newFailures;
        return report.value.operations;
      },
      verify: ({ refused }) => {
        if (refused !== 0) throw new Error(`${refused} requests refused`);
      },
    });
    const speed = 1000 / (result.runs[result.runs.length >> 1] ?? Number.NaN);
    rows.push({
      name: "what-if of the core trace",
      allocator: `teemem ${fit} fit`,
      ...result,
      note: `${speed.toFixed(1)} M/s`,
    });
  }
  return [...rows, await sweepRow(repeated(parsed.value, EVENTS))];
}

/** @param {Trace} trace @returns {Promise<import("./run.js").Row>} */
async function sweepRow(trace) {
  const workers = os.availableParallelism();
  const pool = createTrialPool(trace, planTrials(trace), workers, () => {});
  const asks = Array.from({ length: SIZES }, (_, i) => ({ pool: 49_152 + 1024 * i, until: trace.length }));
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    for (const fit of FITS) await pool.run({ fit, word: 8, leakHeaders: false }, false, asks);
    runs.push(performance.now() - start);
  }
  await pool.close();
  runs.sort((a, b) => a - b);
  const operations = FITS.length * SIZES * trace.length;
  return {
    name: `sweep, ${SIZES} sizes × ${FITS.length} fits, ${trace.length.toLocaleString("en")} events`,
    allocator: `teemem, ${workers} threads`,
    operations,
    runs: runs.map((took) => (took * 1e6) / operations),
    note: `${((runs[RUNS >> 1] ?? Number.NaN) / 1000).toFixed(1)} s`,
  };
}

/**
 * A trace of so many rows: the same program again and again, each time as a new instance of the heap.
 * @param {Trace} trace @param {number} length @returns {Trace}
 */
function repeated(trace, length) {
  const times = Math.ceil(length / trace.length);
  /** @template {Int32Array | Uint8Array | Float64Array} T @param {ArrayLike<number>} column @param {T} into @param {number} step */
  const repeat = (column, into, step = 0) => {
    for (let row = 0; row < length; row++) {
      const value = /** @type {number} */ (column[row % trace.length]);
      into[row] = value < 0 ? value : value + step * Math.floor(row / trace.length);
    }
    return into;
  };
  const [life] = trace.instances;
  if (!life || trace.instances.length > 1) throw new Error("one heap expected");
  const instances = Array.from({ length: times }, (_, n) => {
    const first = n * trace.length;
    const pools = life.pools.map((pool) => ({ ...pool, row: pool.row + first, tableRow: pool.tableRow + first }));
    return { ...life, number: n + 1, first, last: Math.min(length, first + trace.length) - 1, pools };
  });
  const number = () => new Float64Array(length);
  return {
    ...trace,
    length,
    instances,
    marks: [],
    skipped: new Int32Array(0),
    blocks: times * trace.blocks,
    instance: repeat(trace.instance, new Int32Array(length), 1),
    makes: repeat(trace.makes, new Int32Array(length), trace.blocks),
    ends: repeat(trace.ends, new Int32Array(length), trace.blocks),
    op: repeat(trace.op, new Uint8Array(length)),
    site: repeat(trace.site, new Int32Array(length)),
    thread: repeat(trace.thread, new Int32Array(length)),
    time: repeat(trace.time, number()),
    pointer: repeat(trace.pointer, number()),
    size: repeat(trace.size, number()),
    arg: repeat(trace.arg, number()),
    result: repeat(trace.result, number()),
    allocated: repeat(trace.allocated, number()),
  };
}
