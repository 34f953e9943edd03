// @ts-check
// The heap trace of OP-TEE's core under the whole of xtest, block by block.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as doors from "./doors.js";

const { addPool, calloc, checkContext, createContext, free, freeWipe, malloc, memalign, realloc } = doors.malloc;
const { OP, parseRecordedTrace, recordedBuild, whatIf } = doors.replay;

const TRACE = new URL("../data/optee-4.0.0/core.trace.gz", import.meta.url);

/** @typedef {import("../src/replay/index.ts").RecordedTrace} Trace */

/** @type {readonly import("./workloads.js").Workload[]} */
export const TRACE_WORKLOADS = [
  { name: "core trace, malloc and free", heap, prepare: (subject) => place(readTrace(), subject) },
  { name: "core trace, as recorded", heap, own: true, prepare: (subject) => replay(readTrace(), fitOf(subject)) },
  { name: "core trace, whatIf", heap, own: true, prepare: (subject) => tryOut(readTrace(), fitOf(subject)) },
];

/** @type {Trace | null} */
let read = null;

/** @returns {Trace} */
export function readTrace() {
  if (read !== null) return read;
  const parsed = parseRecordedTrace(gunzipSync(readFileSync(TRACE)));
  if (!parsed.ok) throw new Error(parsed.error);
  read = parsed.value;
  return read;
}

/** Bytes of the pool that was recorded. */
function heap() {
  return readTrace().instances[0]?.pools[0]?.length ?? 0;
}

/** @param {import("./subjects.js").Subject} subject */
function fitOf(subject) {
  return subject.fit ?? "first";
}

/**
 * Every request as malloc, every end of a block as free. Contents are neither zeroed nor moved, as every allocator would
 * have to do the same for that.
 * @param {Trace} trace @param {import("./subjects.js").Subject} subject @returns {import("./workloads.js").Run}
 */
function place(trace, subject) {
  const { op, size, makes, ends, length } = trace;
  const blocks = new Int32Array(trace.blocks);
  const { take, give } = subject;
  let refused = 0;
  return {
    work() {
      for (let row = 0; row < length; row++) {
        if (op[row] === OP.P) continue;
        const made = /** @type {number} */ (makes[row]);
        const ended = /** @type {number} */ (ends[row]);
        if (made >= 0) {
          const block = take(/** @type {number} */ (size[row]) || 1);
          blocks[made] = block;
          if (block === 0) refused++;
        }
        if (ended >= 0 && (made >= 0 || op[row] !== OP.R)) {
          const block = /** @type {number} */ (blocks[ended]);
          blocks[ended] = 0;
          if (block !== 0) give(block);
        }
      }
      return length;
    },
    verify() {
      let live = 0;
      for (const block of blocks) if (block !== 0) live++;
      subject.check(live);
      for (const block of blocks) if (block !== 0) subject.give(block);
      subject.check(0);
      return refused > 0 ? `${refused} refused` : "";
    },
  };
}

/** Every row as it was: zeroed, moved, aligned and wiped. @param {Trace} trace @param {"first" | "best"} fit @returns {import("./workloads.js").Run} */
function replay(trace, fit) {
  const [pool] = trace.instances[0]?.pools ?? [];
  if (!pool || trace.instances.length > 1) throw new Error("one heap with one pool expected");
  const ctx = createContext(new Uint8Array(pool.length + 64), {
    ...recordedBuild(trace),
    fit,
    base: pool.address - 64,
  });
  addPool(ctx, 64, pool.length);
  const blocks = new Int32Array(trace.blocks);
  const { op, size, arg, makes, ends, length } = trace;
  return {
    work() {
      for (let row = 0; row < length; row++) {
        const kind = op[row];
        const made = /** @type {number} */ (makes[row]);
        const ended = /** @type {number} */ (ends[row]);
        const asked = /** @type {number} */ (size[row]);
        const old = ended < 0 ? 0 : /** @type {number} */ (blocks[ended]);
        if (kind === OP.P) continue;
        if (row === pool.tableRow) {
          if (made >= 0) blocks[made] = ctx.table;
          continue;
        }
        let block = 0;
        if (kind === OP.M) block = malloc(ctx, asked);
        else if (kind === OP.C) block = calloc(ctx, 1, asked);
        else if (kind === OP.A) block = memalign(ctx, /** @type {number} */ (arg[row]), asked);
        else if (kind === OP.R) block = realloc(ctx, old, asked);
        else if (kind === OP.W) freeWipe(ctx, old);
        else free(ctx, old);
        if (made >= 0) blocks[made] = block;
      }
      return length;
    },
    verify() {
      const [damage] = checkContext(ctx);
      if (damage) throw new Error(damage.what);
      const recorded = trace.allocated[length - 1];
      if (fit === "first" && ctx.heap.allocated !== recorded)
        throw new Error(`${ctx.heap.allocated} bytes allocated, ${recorded} recorded`);
      return "";
    },
  };
}

/** The replay that `teemem size` performs for every pool. @param {Trace} trace @param {"first" | "best"} fit @returns {import("./workloads.js").Run} */
function tryOut(trace, fit) {
  let allocated = -1;
  return {
    work() {
      const result = whatIf(trace, { fit });
      if (result.ok) allocated = result.value.lives[0]?.end.allocated ?? -1;
      return trace.length;
    },
    verify() {
      const recorded = trace.allocated[trace.length - 1];
      if (allocated !== recorded) throw new Error(`${allocated} bytes allocated, ${recorded} recorded`);
      return "";
    },
  };
}
