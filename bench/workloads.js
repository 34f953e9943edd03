// @ts-check
// What the allocators have to do. Every workload is the same list of requests for all of them.

/** @typedef {import("./subjects.js").Subject} Subject */

/**
 * @typedef {object} Run One run over a fresh subject.
 * @property {() => number} work Is measured; returns the number of operations.
 * @property {() => string} verify Throws where the final state is wrong; returns what is worth noting.
 */

/**
 * @typedef {object} Workload
 * @property {string} name
 * @property {() => number} heap Bytes.
 * @property {boolean} [lasting] True if all runs of an allocator go on with one heap, as it takes long to make.
 * @property {boolean} [own] True if no peer can do it.
 * @property {(subject: Subject, slow: boolean) => Run} prepare `slow`: fewer operations, for what takes too long.
 */

const OPERATIONS = 200_000;
const CHURNS = [
  { name: "64 KiB, 150 live", heap: 64 * 1024, live: 150, largest: 512 },
  { name: "2 MiB, 1000 live", heap: 2 * 1024 * 1024, live: 1000, largest: 2048 },
  { name: "2 MiB, 4000 live", heap: 2 * 1024 * 1024, live: 4000, largest: 512 },
];
const HOLES = 50_000;
const PLUGS = 64;
const HOLE_HEAP = 14 * 1024 * 1024;

/** @type {readonly Workload[]} */
export const WORKLOADS = [
  ...CHURNS.map(({ name, heap, live, largest }) => ({
    name: `churn ${name}`,
    heap: () => heap,
    prepare: (/** @type {Subject} */ subject) => churn(subject, live, largest),
  })),
  holes("any size", (random) => 1 + random(200)),
  holes("fits no hole", () => 600),
];

/**
 * Random malloc and free: a slot is freed if it is taken and filled if it is not, so that half of the slots are live.
 * @param {Subject} subject @param {number} live @param {number} largest @returns {Run}
 */
function churn(subject, live, largest) {
  const random = generator(live);
  const slots = Uint16Array.from({ length: OPERATIONS }, () => random(2 * live));
  const sizes = Uint16Array.from({ length: OPERATIONS }, () => 1 + (random(largest) >> random(4)));
  const at = new Int32Array(2 * live);
  const size = new Int32Array(2 * live);
  const bytes = subject.bytes();
  touch(bytes);
  let refused = 0;
  return {
    work() {
      refused = churnLoop(subject, bytes, at, size, slots, sizes);
      return OPERATIONS;
    },
    verify() {
      verifyLive(subject, at, size, true);
      return refused > 0 ? `${refused} refused` : "";
    },
  };
}

/** Writes to every page, since the time in which the system finds memory for it is not the allocator's. @param {Uint8Array} bytes */
function touch(bytes) {
  for (let at = 0; at < bytes.length; at += 4096) bytes[at] = bytes[at] ?? 0;
}

/**
 * A function of its own for every loop, so that it is compiled once and not anew for each run. Returns how many were refused.
 * @param {Subject} subject @param {Uint8Array} bytes @param {Int32Array} at @param {Int32Array} size
 * @param {Uint16Array} slots @param {Uint16Array} sizes
 */
function churnLoop({ take, give }, bytes, at, size, slots, sizes) {
  let refused = 0;
  for (let n = 0; n < slots.length; n++) {
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
      refused++;
      continue;
    }
    at[slot] = block;
    size[slot] = wanted;
    // The first and last byte mark the block as this slot's.
    bytes[block] = slot;
    bytes[block + wanted - 1] = slot;
  }
  return refused;
}

/** @param {Subject} subject @param {Int32Array} sizes */
function pairLoop({ take, give }, sizes) {
  for (let n = 0; n < sizes.length; n++) give(take(/** @type {number} */ (sizes[n])));
}

/**
 * A heap full of blocks of which every second was freed, in random order, and the last block of all at last. Then, again
 * and again: a block is taken and given back.
 * @param {string} name @param {(random: (limit: number) => number) => number} pick @returns {Workload}
 */
function holes(name, pick) {
  return {
    name: `${HOLES.toLocaleString("en")} holes, ${name}`,
    heap: () => HOLE_HEAP,
    lasting: true,
    prepare(subject, slow) {
      const random = generator(HOLES);
      const at = new Int32Array(2 * HOLES + PLUGS);
      const size = Int32Array.from({ length: 2 * HOLES + PLUGS }, () => 1 + random(200));
      const large = 2 * HOLES;
      size[large] = 500_000;
      const { take, give } = subject;
      const bytes = subject.bytes();
      const mark = (/** @type {number} */ slot) => {
        const block = take(/** @type {number} */ (size[slot]));
        if (block === 0) return false;
        at[slot] = block;
        bytes[block] = slot;
        bytes[block + /** @type {number} */ (size[slot]) - 1] = slot;
        return true;
      };
      const order = Int32Array.from({ length: HOLES }, (_, n) => 2 * n + 1);
      for (let n = HOLES - 1; n > 0; n--) {
        const other = random(n + 1);
        const held = /** @type {number} */ (order[n]);
        order[n] = /** @type {number} */ (order[other]);
        order[other] = held;
      }
      for (let slot = 0; slot <= large; slot++) if (!mark(slot)) throw new Error("the heap is too small for its holes");
      // What is left of the pool, so that a search does not find it in front of all holes.
      let slot = large + 1;
      for (let rest = HOLE_HEAP; subject.bounded && rest >= 16 && slot < at.length; ) {
        size[slot] = rest;
        if (mark(slot)) slot++;
        else rest -= rest > 4096 ? 4096 : 16;
      }
      for (const slot of order) {
        give(/** @type {number} */ (at[slot]));
        at[slot] = 0;
      }
      give(/** @type {number} */ (at[large]));
      at[large] = 0;
      const pairs = slow ? 10 : 20_000;
      const sizes = Int32Array.from({ length: pairs }, () => pick(random));
      return {
        work() {
          pairLoop(subject, sizes);
          return 2 * pairs;
        },
        verify() {
          verifyLive(subject, at, size, false);
          return "";
        },
      };
    },
  };
}

/**
 * All live blocks still hold their marks; then they are freed, if that is wanted.
 * @param {Subject} subject @param {Int32Array} at @param {Int32Array} size @param {boolean} end
 */
function verifyLive(subject, at, size, end) {
  const bytes = subject.bytes();
  let live = 0;
  for (let slot = 0; slot < at.length; slot++) {
    const block = /** @type {number} */ (at[slot]);
    if (block === 0) continue;
    const last = block + /** @type {number} */ (size[slot]) - 1;
    if (bytes[last] !== (slot & 0xff) || bytes[block] !== (slot & 0xff))
      throw new Error(`slot ${slot} lost its block at ${block}`);
    live++;
  }
  subject.check(live);
  if (!end) return;
  for (const block of at) if (block !== 0) subject.give(block);
  subject.check(0);
}

/** Whole numbers below a limit, by mulberry32. @param {number} seed */
export function generator(seed) {
  let state = seed;
  /** @param {number} limit */
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}
