// @ts-check
// The recorded heap traces of a running OP-TEE, replayed block by block.
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as doors from "./doors.js";
import { measure } from "./measure.js";

const { addPool, calloc, checkContext, createContext, free, freeWipe, malloc, memalign, realloc } = doors.malloc;
const { OP, parseRecordedTrace, recordedBuild } = doors.replay;

const TRACE = new URL("../data/optee-4.0.0/core.trace.gz", import.meta.url);

/** @returns {Promise<import("./run.js").Row[]>} */
export async function traceRows() {
  if (!existsSync(TRACE)) return [];
  const parsed = parseRecordedTrace(gunzipSync(readFileSync(TRACE)));
  if (!parsed.ok) throw new Error(parsed.error);
  const trace = parsed.value;
  const rows = [];
  for (const fit of /** @type {const} */ (["first", "best"])) {
    const result = await measure({
      prepare: () => prepare(trace, fit),
      work: (state) => replay(trace, state),
      verify: ({ ctx }) => {
        const [damage] = checkContext(ctx);
        if (damage) throw new Error(damage.what);
        const recorded = trace.allocated[trace.length - 1];
        if (fit === "first" && ctx.heap.allocated !== recorded)
          throw new Error(`${ctx.heap.allocated} bytes allocated, ${recorded} recorded`);
      },
    });
    rows.push({ name: "core of OP-TEE 4.0.0 under xtest", allocator: `teemem ${fit} fit`, ...result, note: "" });
  }
  return rows;
}

/** @typedef {import("../src/replay/index.ts").RecordedTrace} Trace */

/** @param {Trace} trace @param {"first" | "best"} fit */
function prepare(trace, fit) {
  const [life] = trace.instances;
  const [pool] = life?.pools ?? [];
  if (!life || !pool || trace.instances.length > 1 || life.pools.length > 1)
    throw new Error("one heap with one pool expected");
  const ctx = createContext(new Uint8Array(pool.length + 64), {
    ...recordedBuild(trace),
    fit,
    base: pool.address - 64,
  });
  addPool(ctx, 64, pool.length);
  return { ctx, blocks: new Int32Array(trace.blocks), skip: pool.tableRow, table: ctx.table };
}

/**
 * Performs every row. What a row made is found by the number of its block, so that nothing is looked up.
 * @param {Trace} trace
 * @param {ReturnType<typeof prepare>} state
 */
function replay(trace, { ctx, blocks, skip, table }) {
  const { op, size, arg, makes, ends, length } = trace;
  let operations = 0;
  for (let row = 0; row < length; row++) {
    const kind = op[row];
    const made = /** @type {number} */ (makes[row]);
    const ended = /** @type {number} */ (ends[row]);
    const asked = /** @type {number} */ (size[row]);
    const old = ended < 0 ? 0 : /** @type {number} */ (blocks[ended]);
    if (kind === OP.P) continue;
    if (row === skip) {
      if (made >= 0) blocks[made] = table;
      continue;
    }
    operations++;
    let block = 0;
    if (kind === OP.M) block = malloc(ctx, asked);
    else if (kind === OP.C) block = calloc(ctx, 1, asked);
    else if (kind === OP.A) block = memalign(ctx, /** @type {number} */ (arg[row]), asked);
    else if (kind === OP.R) block = realloc(ctx, old, asked);
    else if (kind === OP.W) freeWipe(ctx, old);
    else free(ctx, old);
    if (made >= 0) blocks[made] = block;
  }
  return operations;
}
