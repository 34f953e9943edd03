// The index beside a plain scan: after every operation the same bytes, list head and counters.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomFrom } from "../../../test/support/contexts.ts";
import { freeList, WAYS } from "../../../test/support/heaps.ts";
import { bectl } from "../bectl.ts";
import { bget, bgetr, bgetz } from "../bget.ts";
import { setPreviousFree, setSize } from "../block.ts";
import { bpool } from "../bpool.ts";
import { brel } from "../brel.ts";
import type { Heap } from "../heap.ts";
import { HeapPanic } from "../panic.ts";
import { buildIndex } from "./build_index.ts";
import { checkIndex } from "./check_index.ts";
import { LARGE, ringOf } from "./class_bits.ts";
import { createBget, type HeapOptions } from "./create_bget.ts";
import { blockOf, entryOf } from "./entries.ts";
import { type FastFinder, finderOf, forgetIndex, type Lookup } from "./finder.ts";
import type { FreeIndex } from "./index_state.ts";
import { LAST_TURN } from "./size_index.ts";
import { recordsOf } from "./size_search.ts";

const ARENA = 64 * 1024;
const EXPANSION = 2048;

interface Pair {
  readonly scan: Heap;
  readonly index: Heap;
  readonly live: number[];
}

const size = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 120 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 5000 }) },
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ op: fc.constant("get" as const), size, which: fc.nat(1023) }) },
  { weight: 6, arbitrary: fc.record({ op: fc.constant("free" as const), size, which: fc.nat(1023) }) },
  {
    weight: 3,
    arbitrary: fc.record({ op: fc.constantFrom("aligned", "zeroed", "move", "wipe"), size, which: fc.nat(1023) }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom("pool", "forget"), size, which: fc.nat(1023) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function start(options: HeapOptions, lookup: Lookup, expanding: boolean): Heap {
  const h = createBget(new Uint8Array(ARENA), { ...options, lookup });
  bpool(h, 16, 6000);
  if (!expanding) return h;
  const taken = new Set<number>();
  const first = 40_000;
  bectl(h, {
    compact: null,
    acquire(bytes) {
      for (let at = first; at + bytes <= ARENA; at += 16) {
        if ([...taken].some((other) => Math.abs(other - at) < 2 * EXPANSION)) continue;
        if (bytes > 2 * EXPANSION) return 0;
        taken.add(at);
        return at;
      }
      return 0;
    },
    release: (at) => taken.delete(at),
    increment: EXPANSION,
  });
  return h;
}

/** The index of a heap, if it has one now. */
function indexOf(h: Heap): FreeIndex | null {
  return finderOf(h)?.index ?? null;
}

/** Performs a step on one heap. Returns what came out: an offset, or the panic. */
function perform(h: Heap, live: readonly number[], { op, size: asked, which }: Step): number | string {
  const buffer = live[which % Math.max(1, live.length)] ?? 0;
  try {
    if (op === "get") return bget(h, 0, 0, asked);
    if (op === "aligned") return bget(h, 2 ** (which % 12), 32 * (which % 2), asked);
    if (op === "zeroed") return bgetz(h, 0, 0, asked);
    if (op === "move") return bgetr(h, buffer, 0, 0, asked);
    if (op === "forget") forgetIndex(h);
    else if (op === "pool") {
      // Pools two quanta apart, the first of them at 6080.
      const at = 6080 + 1104 * h.poolGets;
      if (h.expansion.acquire === null && at + 1104 < 40_000) bpool(h, at, 1072 - (which % 60));
    } else if (buffer !== 0) brel(h, buffer, op === "wipe");
    return 0;
  } catch (error) {
    if (!(error instanceof HeapPanic)) throw error;
    return error.message;
  }
}

function state(h: Heap): object {
  const { headForward, headBack, allocated, gets, releases, freeSquares, pools, poolGets, poolReleases } = h;
  const { directGets, directReleases } = h;
  return {
    ...{ headForward, headBack, allocated, gets, releases, freeSquares, pools, poolGets, poolReleases },
    ...{ directGets, directReleases },
  };
}

/** Performs a step on both, and keeps the list of live buffers. */
function both({ scan, index, live }: Pair, one: Step): void {
  const expected = perform(scan, live, one);
  expect(perform(index, live, one)).toBe(expected);
  expect(state(index)).toEqual(state(scan));
  expect(Buffer.compare(index.memory.bytes, scan.memory.bytes)).toBe(0);
  // Not after each step, as it looks at every size that there is.
  if (one.which % 8 === 0) expect(checkIndex(index)).toEqual([]);
  if (typeof expected !== "number") return;
  const at = one.which % Math.max(1, live.length);
  const ends = one.op === "free" || one.op === "wipe" || (one.op === "move" && expected !== 0);
  if (ends && live.length > 0) live.splice(at, 1);
  if (expected !== 0) live.push(expected);
}

/** Two heaps with pools of so many quanta, each directly behind the one before, the first 4 quanta into the memory. */
function adjacent(options: HeapOptions & { word: 4 | 8 }, pools: readonly number[]): Pair {
  const [scan, index] = (["scan", "index"] as const).map((lookup) => {
    const h = createBget(new Uint8Array(ARENA), { ...options, lookup });
    let at = 8 * options.word;
    for (const quanta of pools) {
      bpool(h, at, 2 * options.word * quanta);
      at += 2 * options.word * quanta;
    }
    return h;
  }) as [Heap, Heap];
  return { scan, index, live: [] };
}

/** Where a buffer stands in the list of live ones. */
function placeOf({ live }: Pair, buffer: number): number {
  expect(live).toContain(buffer);
  return live.indexOf(buffer);
}

/** Many holes of few sizes, so that there are ties. */
function scatter(pair: Pair, which: readonly number[]): void {
  for (let n = 0; n < 120; n++) both(pair, { op: "get", size: 1 + ((n * 7) % 50), which: 0 });
  for (const one of which) both(pair, { op: "free", size: 1, which: one });
}

/** How many blocks an index knows, or null without one. */
function blocksIn(x: FreeIndex | null): number | null {
  if (x === null) return null;
  if (x.kind === "list") return x.bytes.subarray(x.sizes, x.sizes + x.capacity).filter((size) => size !== 0).length;
  return Array.from({ length: LARGE + 1 }, (_, quanta) => recordsOf(x, ringOf(quanta)).length).reduce(
    (sum, n) => sum + n,
  );
}

const BUILDS = ([8, 4] as const).flatMap((word) => (["first", "best"] as const).map((fit) => ({ word, fit })));

describe.each(BUILDS)("$word bytes a word, $fit fit", (options) => {
  test.each([
    ["index", false],
    ["auto", false],
    ["index", true],
  ] as const)("lookup %s does what a scan does (expansion pools: %s)", (lookup, expanding) => {
    const holes = fc.array(fc.nat(1023), { minLength: 20, maxLength: 70 });
    fc.assert(
      fc.property(holes, fc.array(step, { minLength: 1, maxLength: 120 }), (first, steps) => {
        const pair = {
          scan: start(options, "scan", expanding),
          index: start(options, lookup, expanding),
          live: [],
        };
        scatter(pair, first);
        for (const one of steps) both(pair, one);
      }),
      { numRuns: 40 },
    );
  });

  test("a damaged free block ends as it does in a scan once the index is forgotten", () => {
    const damage = fc.record({ block: fc.nat(1023), byte: fc.nat(31), flip: fc.integer({ min: 1, max: 255 }) });
    fc.assert(
      fc.property(damage, fc.array(step, { minLength: 1, maxLength: 20 }), ({ block, byte, flip }, steps) => {
        const pair = {
          scan: start(options, "scan", false),
          index: start(options, "index", false),
          live: [] as number[],
        };
        scatter(pair, [3, 50, 20, 7, 90, 44, 12, 66, 31, 80, 5, 15, 25, 35, 45]);
        const free = freeList(pair.scan);
        const at = (free[block % free.length] as number) + (byte % pair.scan.geometry.freeHeader);
        for (const { memory } of [pair.scan, pair.index]) memory.bytes[at] = (memory.bytes[at] as number) ^ flip;
        forgetIndex(pair.index);
        for (const one of steps) {
          const expected = perform(pair.scan, pair.live, one);
          expect(perform(pair.index, pair.live, one)).toBe(expected);
          expect(Buffer.compare(pair.index.memory.bytes, pair.scan.memory.bytes)).toBe(0);
          if (typeof expected === "string") break;
          if (expected !== 0) pair.live.push(expected);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("the block that the index chose is not taken if its size has become negative", () => {
    const [scan, index] = (["scan", "index"] as const).map((lookup) => {
      const h = start(options, lookup, false);
      const buffers = Array.from({ length: 40 }, () => bget(h, 0, 0, 60));
      for (let n = 1; n < 40; n += 3) brel(h, buffers[n] as number, false);
      brel(h, bget(h, 0, 0, 60), false);
      const { bytes, geometry } = h.memory;
      const sign = h.headForward + geometry.word + 3;
      bytes[sign] = (bytes[sign] as number) ^ 0x80;
      return h;
    }) as [Heap, Heap];
    const one: Step = { op: "get", size: 60, which: 0 };
    expect(perform(index, [], one)).toBe(perform(scan, [], one));
    expect(Buffer.compare(index.memory.bytes, scan.memory.bytes)).toBe(0);
  });

  test("the index is built by itself where scans get long, and given up where they would be short", () => {
    const h = createBget(new Uint8Array(256 * 1024), options);
    bpool(h, 16, 256 * 1024 - 16);
    const buffers: number[] = [];
    for (let buffer = bget(h, 0, 0, 100); buffer !== 0; buffer = bget(h, 0, 0, 100)) buffers.push(buffer);
    while (bget(h, 0, 0, 1) !== 0);
    for (let n = 0; n < buffers.length; n += 2) brel(h, buffers[n] as number, false);
    expect(indexOf(h)).toBe(null);
    for (let n = 0; n < 20; n++) expect(bget(h, 0, 0, 1000)).toBe(0);
    const holes = freeList(h).length;
    expect(blocksIn(indexOf(h))).toBe(holes);
    for (let n = 0; n < 10_000; n++) brel(h, bget(h, 0, 0, 60), false);
    // Best fit has to look at all of the list, wherever in it the block is.
    expect(blocksIn(indexOf(h))).toBe(options.fit === "best" ? holes : null);
  });

  test.each(["index", "auto"] as const)(
    "a heap that was put back to an earlier state, and told so, does not use the index of a later one (lookup %s)",
    (lookup) => {
      const h = start(options, lookup, false);
      const buffers = Array.from({ length: 60 }, () => bget(h, 0, 0, 40));
      for (const n of [1, 3, 5, 7, 9]) brel(h, buffers[n] as number, false);
      if (lookup === "auto") buildIndex(h, finderOf(h) as FastFinder);
      const first = bget(h, 0, 0, 16);
      brel(h, first, false);
      const bytes = h.memory.bytes.slice();
      const before = { ...h };
      for (const n of [11, 13, 15]) brel(h, buffers[n] as number, false);
      bget(h, 0, 0, 40);
      h.memory.bytes.set(bytes);
      Object.assign(h, before);
      forgetIndex(h);
      expect(bget(h, 0, 0, 16)).toBe(first);
      const x = indexOf(h);
      if (x !== null) expect(blocksIn(x)).toBe(freeList(h).length);
    },
  );

  test("an index that runs out of turns goes on as a scan does", () => {
    const pair = { scan: start(options, "scan", false), index: start(options, "index", false), live: [] as number[] };
    scatter(pair, [3, 50, 20, 7, 90, 44, 12, 66, 31, 80]);
    const x = indexOf(pair.index);
    if (x?.kind === "size") x.turns = LAST_TURN - 9;
    for (let n = 0; n < 20; n++) both(pair, { op: "free", size: 1, which: 3 * n });
    if (x?.kind === "size") expect(x.turns).toBeLessThan(1000);
    for (let n = 0; n < 20; n++) both(pair, { op: "get", size: 1 + 5 * n, which: 0 });
    expect(indexOf(pair.index)).toBe(x);
  });

  test("two free blocks closer than any in one pool, as a pool follows upon another, are found as in a scan", () => {
    const quantum = 2 * options.word;
    const pair = adjacent(options, [19, 39]);
    for (let n = 0; n < 40; n++) both(pair, { op: "get", size: 1, which: 0 });
    // The second pool, and the last block of the first.
    const next = (4 + 19) * quantum;
    const last = next - 3 * quantum;
    for (const block of [last, next]) both(pair, { op: "free", size: 1, which: placeOf(pair, block + quantum) });
    const x = indexOf(pair.index) as FreeIndex;
    expect(blocksIn(x)).toBe(freeList(pair.index).length);
    expect([last, next].map((block) => blockOf(x, entryOf(x, block)) === block)).toEqual([false, true]);
    for (const block of [last - 2 * quantum, next + 2 * quantum])
      both(pair, { op: "free", size: 1, which: placeOf(pair, block + quantum) });
    for (const size of [1, 3 * quantum, 1, 2 * quantum, 1]) both(pair, { op: "get", size, which: 0 });
  });

  test("pools that follow upon one another do what a scan does", () => {
    const lengths = fc.array(fc.integer({ min: 5, max: 24 }), { minLength: 6, maxLength: 20 });
    const few = fc.record({
      op: fc.constantFrom("get", "free"),
      size: fc.integer({ min: 1, max: 60 }),
      which: fc.nat(99),
    });
    fc.assert(
      fc.property(lengths, fc.array(few, { minLength: 100, maxLength: 200 }), (pools, steps) => {
        const pair = adjacent(options, pools);
        for (let n = 0; n < 100; n++) both(pair, { op: "get", size: 1, which: 0 });
        for (const one of steps) both(pair, one);
      }),
      { numRuns: 20 },
    );
  });

  test.each([2 ** 31, 2 ** 32 - 16, 2 ** 32, 2 ** 36 + 64])("finds nothing for %d bytes", (asked) => {
    // What was the header of a free block is payload now.
    const [scan, index] = (["scan", "index"] as const).map((lookup) => {
      const h = start(options, lookup, false);
      const buffers: number[] = [];
      for (const size of [96, 1]) for (let at = 1; at !== 0; buffers.push(at)) at = bget(h, 0, 0, size);
      brel(h, buffers[0] as number, false);
      brel(h, buffers[1] as number, false);
      const header = (buffers[0] as number) - 2 * options.word;
      expect(bget(h, 0, 0, 2 * 96 + 2 * options.word)).toBe(buffers[1]);
      setSize(h.memory, header, options.word === 8 ? 2 ** 40 : 0x7ffffff8);
      return h;
    }) as [Heap, Heap];
    expect(bget(index, 0, 0, asked)).toBe(0);
    expect(bget(scan, 0, 0, asked)).toBe(0);
  });

  test("finds what a scan finds where blocks have up to 3 MB", () => {
    const bytes = 8 * 1024 * 1024;
    const [scan, index] = (["scan", "index"] as const).map((lookup) => {
      const h = createBget(new Uint8Array(bytes), { ...options, lookup });
      bpool(h, 16, bytes - 32);
      return h;
    }) as [Heap, Heap];
    const live: number[] = [];
    const next = randomFrom(20);
    for (let n = 0; n < 5000; n++) {
      const ends = next(40) < live.length;
      const one: Step = {
        op: next(4) === 0 ? "aligned" : "get",
        size: 1 + (next(3_000_000) >> next(10)),
        which: next(1024),
      };
      const buffer = ends ? (live.splice(one.which % live.length, 1)[0] as number) : 0;
      const [expected, found] = [scan, index].map((h) => (ends ? brel(h, buffer, false) : perform(h, [], one)));
      expect(found).toBe(expected);
      if (!ends && expected !== 0) live.push(expected as number);
    }
    expect(state(index)).toEqual(state(scan));
    expect(Buffer.compare(index.memory.bytes, scan.memory.bytes)).toBe(0);
  });
});

const FAR_APART = [
  ["near each other", 0x7f_1234_5000, 0x7f_0f00_0000, 8],
  ["far from each other", 0x7f_1234_5000, 0x0f000000, 0],
  ["on both sides of a multiple of 4 GiB", 0x7f_ffff_8000, 0x7f_ffff_7fc0, 0],
] as const;

test.each(FAR_APART.flatMap((row) => (["first", "best"] as const).map((fit) => [...row, fit] as const)))(
  "memory and list head beyond 4 GiB, %s, do what a scan does (base %i, head %i, quick %i, %s fit)",
  (_, base, headAddress, quick, fit) => {
    const holes = fc.array(fc.nat(1023), { minLength: 20, maxLength: 70 });
    fc.assert(
      fc.property(holes, fc.array(step, { minLength: 1, maxLength: 60 }), (first, steps) => {
        const there = { base, headAddress, fit };
        const pair = { scan: start(there, "scan", false), index: start(there, "index", false), live: [] };
        expect(finderOf(pair.index)?.word).toBe(quick);
        scatter(pair, first);
        expect(blocksIn(indexOf(pair.index))).toBe(freeList(pair.index).length);
        for (const one of steps) both(pair, one);
      }),
      { numRuns: 10 },
    );
  },
);

/** How many words of a heap's memory the work reads where it goes the long way. */
function wordsRead(h: Heap, work: () => void): number {
  const { words } = h.memory;
  let count = 0;
  const counted = new Proxy(words, {
    get(target, name) {
      count++;
      return Reflect.get(target, name);
    },
  });
  Object.assign(h.memory, { words: counted });
  work();
  Object.assign(h.memory, { words });
  return count;
}

const SLOW_HEAPS: readonly (readonly [string, HeapOptions])[] = [
  ["list head in other 4 GiB", { base: 0x7f_1234_5000, headAddress: 0x0f000000 }],
  ["on both sides of a multiple of 4 GiB", { base: 0x7f_fff0_0000, headAddress: 0x7f_ffe0_0000 }],
  ["list head in the middle of it", { headAddress: 0x40000000 + 512 * 1024 + 3 }],
  ["half a word off", { base: 0x4000000c }],
];

// 20,000 holes of 5 quanta: a scan reads at least 4 words a hole.
const HOLES = 20_000;

describe.each(
  SLOW_HEAPS.flatMap(([title, options]) => (["first", "best"] as const).map((fit) => ({ title, fit, options }))),
)("a heap without short ways, $fit fit ($title)", ({ fit, options }) => {
  /** Full but for the holes and one block for 1,000 bytes, the last of the list. */
  function holes(lookup: Lookup): Heap {
    const word = options.word ?? 8;
    const bytes = word * 10 * 2 * HOLES + 4096;
    const h = createBget(new Uint8Array(bytes), { ...options, fit, lookup });
    const start = (-(options.base ?? 0x40000000) & (2 * word - 1)) + 2 * word;
    bpool(h, start, bytes - start);
    const large = bget(h, 0, 0, 1000);
    bget(h, 0, 0, 1);
    const blocks = Array.from({ length: 2 * HOLES }, () => bget(h, 0, 0, 8 * word));
    while (bget(h, 0, 0, 1) !== 0);
    for (let n = 0; n < blocks.length; n += 2) brel(h, blocks[n] as number, false);
    brel(h, large, false);
    return h;
  }
  const pair = (h: Heap): void => brel(h, bget(h, 0, 0, 1000), false);

  test("has an index from the first search on, which reads little, with lookup index", () => {
    const h = holes("index");
    expect(finderOf(h)?.word).toBe(0);
    pair(h);
    const built = indexOf(h);
    expect(blocksIn(built)).toBe(freeList(h).length);
    expect(wordsRead(h, () => void Array.from({ length: 100 }, () => pair(h)))).toBeLessThan(100 * 200);
    expect(indexOf(h)).toBe(built);
  });

  test("gets an index by itself with lookup auto, and none with lookup scan", () => {
    const auto = holes("auto");
    // Four scans, and a little, cost as much as an index.
    for (let n = 0; n < 6; n++) pair(auto);
    const built = indexOf(auto);
    expect(blocksIn(built)).toBe(freeList(auto).length);
    expect(wordsRead(auto, () => void Array.from({ length: 100 }, () => pair(auto)))).toBeLessThan(100 * 200);
    expect(indexOf(auto)).toBe(built);
    const scan = holes("scan");
    expect(wordsRead(scan, () => pair(scan))).toBeGreaterThan(4 * HOLES);
    expect(indexOf(scan)).toBe(null);
    // What stands in front of the list needs none.
    if (fit === "first") for (let n = 0; n < 1000; n++) brel(auto, bget(auto, 0, 0, 1), false);
    if (fit === "first") expect(indexOf(auto)).toBe(null);
  });

  test("answers an aligned request by index, too, and a debug build has none by itself", () => {
    const h = holes("index");
    brel(h, bget(h, 256, 0, 500), false);
    expect(indexOf(h)).not.toBe(null);
    const wiping = createBget(new Uint8Array(h.memory.bytes.length), { ...options, fit, freeWipe: true });
    bpool(wiping, 2 * h.geometry.quantum + h.memory.phase, 8000);
    for (let n = 0; n < 100; n++) brel(wiping, bget(wiping, 0, 0, 100), false);
    expect(indexOf(wiping)).toBe(null);
  });
});

test.each(["first", "best"] as const)("a buffer of more than 1 GiB is found as in a scan, %s fit", (fit) => {
  const bytes = 2 ** 30 + 2 ** 20;
  const [scan, fast] = WAYS.map((ways) => {
    const h = ways.createBget(new Uint8Array(bytes), { fit });
    bpool(h, 16, bytes - 16);
    return [2 ** 30, 2 ** 30, Number.POSITIVE_INFINITY].map((size) => bget(h, 0, 0, size));
  });
  expect(fast).toEqual(scan);
  expect(fast?.map((buffer) => buffer > 0)).toEqual([true, false, false]);
});

describe.each(BUILDS)("the long way, $word bytes a word, $fit fit", (options) => {
  test("keeps the index, also where a block of the least size joins the one behind it", () => {
    const h = start(options, "index", false);
    const [, , , first = 0, second = 0, third = 0] = Array.from({ length: 20 }, () => bget(h, 0, 0, 1));
    bget(h, 0, 0, 6000);
    const built = indexOf(h);
    expect(blocksIn(built)).toBe(1);
    // One of the two pairs shares a slot of the index's table.
    for (const buffer of [first, second, third]) brel(h, buffer, true);
    expect(indexOf(h)).toBe(built);
    expect(blocksIn(built)).toBe(2);
    expect(checkIndex(h)).toEqual([]);
    expect(bget(h, 8 * options.word, 0, 1)).toBeGreaterThan(0);
    expect(indexOf(h)).toBe(built);
    expect(checkIndex(h)).toEqual([]);
  });

  test.each([false, true])("drops the index where it panics (after the list has changed: %s)", (late) => {
    const h = start(options, "index", false);
    const header = 2 * options.word;
    const [next = 0, a = 0, b = 0] = Array.from({ length: 20 }, () => bget(h, 0, 0, 1));
    if (late) brel(h, a, false);
    bget(h, 0, 0, 100);
    expect(indexOf(h)).not.toBe(null);
    // What is released says that it is free, or the free block behind it has another size at its end.
    setPreviousFree(h.memory, (late ? next : a) - header, 3 * header);
    expect(() => brel(h, b, false)).toThrow(HeapPanic);
    expect(freeList(h).includes(b - header)).toBe(late);
    expect(indexOf(h)).toBe(null);
  });
});
