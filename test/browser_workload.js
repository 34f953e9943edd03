// @ts-check
// Runs as it is in Node and in a browser, so it imports nothing: the modules are handed in.

/**
 * @typedef {object} Doors
 * @property {typeof import("../src/heap/index.ts")} heap
 * @property {typeof import("../src/malloc/index.ts")} malloc
 * @property {typeof import("../src/library/index.ts")} library
 */

/** Builds of the C code that are run: word size, fit, leak headers. */
const VARIANTS = /** @type {const} */ ([
  { word: 8, fit: "first", leakHeaders: false },
  { word: 8, fit: "best", leakHeaders: true },
  { word: 4, fit: "first", leakHeaders: true },
  { word: 4, fit: "best", leakHeaders: false },
]);

/**
 * Random operations on a heap of each variant, whose blocks are filled and read back, with a check of the heap after every
 * 64th. Gives figures and checksums that two engines must agree on; throws where a heap is damaged.
 * @param {Doors} doors
 * @param {number} seed
 * @param {number} operations
 */
export function workload(doors, seed, operations) {
  return VARIANTS.map((options) => ({ ...options, ...run(doors, options, seed, operations) }));
}

/**
 * @param {Doors} doors
 * @param {(typeof VARIANTS)[number]} options
 * @param {number} seed
 * @param {number} operations
 */
function run({ heap, malloc }, options, seed, operations) {
  const random = generator(seed);
  const bytes = new Uint8Array(96 * 1024);
  const ctx = malloc.createContext(bytes, options);
  malloc.addPool(ctx, 24, 40_000);
  malloc.addPool(ctx, 48_001, 30_000);
  /** @type {{ at: number, size: number, fill: number }[]} */
  const live = [];
  let results = 0;

  for (let n = 0; n < operations; n++) {
    const index = random(192);
    const block = live[index];
    const size = random(8) === 0 ? random(6000) : random(300);
    if (block === undefined) {
      take(allocate(size), size, live.length);
    } else if (random(4) === 0) {
      verify(block);
      const moved = malloc.realloc(ctx, block.at, size, "workload.c", n);
      if (moved !== 0) {
        verify({ ...block, at: moved, size: Math.min(block.size, size) });
        take(moved, size, index);
      }
    } else {
      verify(block);
      if (random(8) === 0) malloc.freeWipe(ctx, block.at);
      else malloc.free(ctx, block.at);
      const last = live.pop();
      if (last !== undefined && index < live.length) live[index] = last;
    }
    if (n % 64 === 0) check();
  }
  check();

  return {
    stats: malloc.getStats(ctx),
    heap: heap.bstats(ctx.heap),
    squares: String(heap.freeSquareSum(ctx.heap)),
    leaks: malloc.liveBlocks(ctx).map(malloc.leakLine).length,
    live: live.length,
    results,
    bytes: bytes.reduce(mix, 0),
  };

  /** @param {number} size */
  function allocate(size) {
    const kind = random(4);
    if (kind === 0) return malloc.calloc(ctx, 1, size, "workload.c", 1);
    if (kind === 1) return malloc.memalign(ctx, 1 << random(9), size, "workload.c", 2);
    return malloc.malloc(ctx, size, "workload.c", 3);
  }

  /** @param {number} at @param {number} size @param {number} index */
  function take(at, size, index) {
    results = mix(results, at);
    if (at === 0) return;
    const fill = random(256);
    bytes.fill(fill, at, at + size);
    live[index] = { at, size, fill };
  }

  /** @param {{ at: number, size: number, fill: number }} block */
  function verify({ at, size, fill }) {
    for (let i = at; i < at + size; i++)
      if (bytes[i] !== fill) throw new Error(`byte ${i} is ${bytes[i]}, not ${fill}`);
  }

  function check() {
    const damage = heap.checkHeap(ctx.heap, malloc.poolsOf(ctx));
    if (damage.length > 0) throw new Error(JSON.stringify(damage));
  }
}

/**
 * What a heap made by one call does in a WebAssembly memory and in a buffer that grows: maps, leaks, views after growth.
 * @param {Doors} doors
 */
export function grownHeaps({ library }) {
  const places = [{ memory: new WebAssembly.Memory({ initial: 1 }) }, { size: 65536, maxSize: 2 ** 20 }];
  return places.map((place) => {
    const heap = library.createHeap({ ...place, callSites: true });
    const view = heap.allocate(Uint16Array, 500);
    view?.array.fill(515);
    heap.grow(100_000);
    const large = heap.malloc(100_000, "workload.js", 1);
    heap.free(heap.malloc(300));
    const other = library.openHeap({ bytes: heap.bytes, from: heap.pools[0]?.at ?? 0, files: heap.files });
    return {
      large,
      sum: view?.array.reduce((sum, value) => sum + value, 0),
      leaks: heap.leaks(),
      again: other.ok ? other.value.leaks() : other.error,
      map: heap.map(),
      damage: heap.check(),
    };
  });
}

/** One step of FNV-1a. @param {number} hash @param {number} value */
function mix(hash, value) {
  return Math.imul(hash ^ value, 0x01000193) >>> 0;
}

/** Whole numbers from 0 to below the limit, by mulberry32. @param {number} seed */
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
