// @ts-check
// Random malloc and free: a slot is freed if it is taken and filled if it is not, so that half of the slots are live.
import { MemPool } from "@thi.ng/malloc";
import * as doors from "./doors.js";
import { measure } from "./measure.js";

const { addPool, checkContext, createContext, free, malloc } = doors.malloc;

const OPERATIONS = 200_000;
const SIZES = [
  { name: "64 KiB, 150 live", heap: 64 * 1024, live: 150, largest: 512 },
  { name: "2 MiB, 1000 live", heap: 2 * 1024 * 1024, live: 1000, largest: 2048 },
  { name: "2 MiB, 4000 live", heap: 2 * 1024 * 1024, live: 4000, largest: 512 },
];

/**
 * @typedef {object} Subject One allocator over its own bytes.
 * @property {Uint8Array} bytes
 * @property {(size: number) => number} take
 * @property {(at: number) => void} give
 * @property {() => void} check
 */

/** @type {Record<string, (length: number) => Subject>} */
const ALLOCATORS = {
  "teemem first fit": (length) => teemem(length, "first"),
  "teemem best fit": (length) => teemem(length, "best"),
  "@thi.ng/malloc": thing,
};

/** @returns {Promise<import("./run.js").Row[]>} */
export async function churnRows() {
  const rows = [];
  for (const { name, heap, live, largest } of SIZES) {
    const plan = makePlan(live, largest);
    for (const [allocator, create] of Object.entries(ALLOCATORS)) {
      let failures = 0;
      const result = await measure({
        prepare: () => ({ subject: create(heap), at: new Float64Array(2 * live), size: new Float64Array(2 * live) }),
        work: (state) => {
          failures = churn(state, plan);
          return OPERATIONS;
        },
        verify,
      });
      rows.push({ name: `churn ${name}`, allocator, ...result, note: failures > 0 ? `${failures} refused` : "" });
    }
  }
  return rows;
}

/** Slots and sizes of all operations, the same for every allocator. @param {number} live @param {number} largest */
function makePlan(live, largest) {
  const random = generator(live);
  const slots = Uint16Array.from({ length: OPERATIONS }, () => random(2 * live));
  const sizes = Uint16Array.from({ length: OPERATIONS }, () => 1 + (random(largest) >> random(4)));
  return { slots, sizes };
}

/**
 * @param {{ subject: Subject, at: Float64Array, size: Float64Array }} state
 * @param {{ slots: Uint16Array, sizes: Uint16Array }} plan
 */
function churn({ subject, at, size }, { slots, sizes }) {
  const { bytes, take, give } = subject;
  let failures = 0;
  for (let n = 0; n < OPERATIONS; n++) {
    const slot = /** @type {number} */ (slots[n]);
    const held = /** @type {number} */ (at[slot]);
    if (held !== 0) {
      give(held);
      at[slot] = 0;
      continue;
    }
    const wanted = /** @type {number} */ (sizes[n]);
    const block = take(wanted);
    if (block === 0) {
      failures++;
      continue;
    }
    at[slot] = block;
    size[slot] = wanted;
    // The first and last byte mark the block as this slot's.
    bytes[block] = slot;
    bytes[block + wanted - 1] = slot;
  }
  return failures;
}

/** @param {{ subject: Subject, at: Float64Array, size: Float64Array }} state */
function verify({ subject, at, size }) {
  for (const [slot, block] of at.entries()) {
    const last = block + /** @type {number} */ (size[slot]) - 1;
    const intact = block === 0 || (subject.bytes[last] === (slot & 0xff) && subject.bytes[block] === (slot & 0xff));
    if (!intact) throw new Error(`slot ${slot} lost its block at ${block}`);
  }
  subject.check();
}

/** @param {number} length @param {"first" | "best"} fit @returns {Subject} */
function teemem(length, fit) {
  const bytes = new Uint8Array(length + 16);
  const ctx = createContext(bytes, { fit });
  addPool(ctx, 16, length);
  return {
    bytes,
    take: (size) => malloc(ctx, size),
    give: (at) => free(ctx, at),
    check() {
      const [damage] = checkContext(ctx);
      if (damage) throw new Error(damage.what);
    },
  };
}

/** @param {number} length @returns {Subject} */
function thing(length) {
  const buf = new ArrayBuffer(length);
  const pool = new MemPool({ buf, align: 16 });
  return {
    bytes: new Uint8Array(buf),
    take: (size) => pool.malloc(size),
    give(at) {
      if (!pool.free(at)) throw new Error(`@thi.ng/malloc does not know the block at ${at}`);
    },
    check: () => {},
  };
}

/** Whole numbers below a limit, by mulberry32. @param {number} seed */
function generator(seed) {
  let state = seed;
  /** @param {number} limit */
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}
