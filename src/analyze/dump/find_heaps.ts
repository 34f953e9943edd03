// Finds the heaps in the bytes of a dump.
import { countLeading } from "../../base/bisect.ts";
import { previousFree, sizeOf } from "../../heap/block.ts";
import type { Word } from "../../heap/geometry.ts";
import { createMemory, type Memory } from "../../heap/memory.ts";
import type { Pool } from "../../heap/walk.ts";
import { type Beginnings, beginningsOf, blockSize, firstRun, nearly, sentinels } from "./chains.ts";
import { baseFromLinks } from "./links.ts";
import { type FoundTable, findTables } from "./tables.ts";

/** A heap in a dump: the pools of one allocator. */
export interface DumpHeap {
  readonly memory: Memory;
  /** How the address of the first byte is known. */
  readonly baseFrom: "given" | "pool table" | "free list" | "nothing";
  /** In the order of the pool table; without one by address. */
  readonly pools: readonly Pool[];
  readonly table: FoundTable | null;
}

/** No heap of OP-TEE has as many blocks, and each takes up to 3 KiB where it is damaged: caught where a dump is inspected. */
export class TooManyBlocks extends Error {}

export const MAX_BLOCKS = 2 ** 16;

/** Counts the blocks of pools up to where they make no sense, before any is remembered. */
function refuseMany(m: Memory, pools: readonly Pool[]): void {
  let count = 0;
  for (const pool of pools) {
    const end = endOf(pool) - m.geometry.header;
    for (let at = pool.at, size = blockSize(m, at); size > 0 && at < end; at += size, size = blockSize(m, at))
      if (++count > MAX_BLOCKS) throw new TooManyBlocks();
  }
}

/** A pool whose free memory lies farther away than this from its end is not looked for. */
const REACH = 64 * 2 ** 20;

/**
 * Finds the heaps in the bytes of a dump, for one word size. OP-TEE's malloc layer keeps a table of its pools in the heap
 * itself, which names them all; where there is none, or a damaged one, pools are found from the headers that end them.
 * `given` pools stand for what would be found. `base`: address of the first byte, null if unknown. Throws `TooManyBlocks`.
 */
export function findHeaps(
  bytes: Uint8Array,
  word: Word,
  base: number | null,
  given: readonly Pool[] = [],
): readonly DumpHeap[] {
  const m = createMemory(bytes, { word, base: base ?? 0 });
  if (given.length > 0) {
    refuseMany(m, given);
    return [withBase(m, base, given, tableAmong(m, base, given))];
  }
  const ends = sentinels(m);
  const tables = findTables(m, ends, base);
  const covered = tables.flatMap(({ pools }) => pools);
  const loose = loosePools(m, ends, covered);
  refuseMany(m, [...covered, ...loose]);
  const [only] = tables;
  if (only === undefined) return loose.length === 0 ? [] : [withBase(m, base, loose, null)];
  // A table that lost an entry names fewer pools than it has; those of its layer are aligned.
  const lost = loose.filter(({ at }) => (at + only.base) % m.geometry.quantum === 0);
  if (tables.length === 1) return [withBase(m, base, [...only.pools, ...lost], only)];
  return tables.map((table) => withBase(m, base, table.pools, table));
}

function tableAmong(m: Memory, base: number | null, given: readonly Pool[]): FoundTable | null {
  const ends = given.map(({ at, length }) => at + length - m.geometry.header);
  return findTables(m, ends, base).find(({ pools }) => pools.length > 0) ?? null;
}

function withBase(m: Memory, base: number | null, pools: readonly Pool[], table: FoundTable | null): DumpHeap {
  if (base !== null) return { memory: m, baseFrom: "given", pools, table };
  const found = table?.base ?? baseFromLinks(m, pools);
  if (found === null) return { memory: m, baseFrom: "nothing", pools, table };
  const memory = createMemory(m.bytes, { word: m.geometry.word, base: found });
  return { memory, baseFrom: table === null ? "free list" : "pool table", pools, table };
}

/** Pools outside of the covered ones, by address: each ends in a header that says so, and blocks lead there. */
function loosePools(m: Memory, ends: readonly number[], covered: readonly Pool[]): Pool[] {
  const under = covered.toSorted((a, b) => a.at - b.at);
  const free = ends.filter((end) => !isIn(poolBelow(under, end), end));
  const beginnings = beginningsOf(m, free, (end) => floorOf(poolBelow(under, end), end));
  const found: Pool[] = [];
  // From the highest on, so that what begins lowest takes all ends above that.
  let taken = Number.POSITIVE_INFINITY;
  for (let n = free.length - 1; n >= 0; n--) {
    const end = free[n] as number;
    const at = end < taken ? beginning(m, end, beginnings, n) : -1;
    if (at < 0) continue;
    found.push({ at, length: end + m.geometry.header - at });
    taken = Math.min(taken, at);
  }
  found.reverse();
  if (found.length === 0 && covered.length === 0) return endless(m);
  return found.map((pool, n) => {
    const before = [poolBelow(under, pool.at), found[n - 1]];
    return extended(m, pool, Math.max(...before.map((one) => floorOf(one, pool.at))));
  });
}

/** The last of some pools, ordered by address and not over each other, that begins at or below an offset. */
function poolBelow(pools: readonly Pool[], at: number): Pool | undefined {
  return pools[countLeading(pools.length, (n) => (pools[n] as Pool).at <= at) - 1];
}

function isIn(pool: Pool | undefined, at: number): boolean {
  return pool !== undefined && at >= pool.at && at < endOf(pool);
}

/** The start of the pool, as far as blocks lead to its end; includes the free block that the first of them names. */
function beginning(m: Memory, end: number, found: Beginnings, n: number): number {
  const [start, lowest, single] = [found.start[n], found.lowest[n], found.single[n]] as [number, number, number];
  if (lowest >= 0 && lowest === start) return start;
  const first = lowest >= 0 ? lowest : end;
  const free = previousFree(m, first);
  const before = first - free;
  if (free > 0 && before >= 0 && previousFree(m, before) === 0 && isNearly(m, before, free)) return before;
  if (start >= 0) return start;
  return lowest >= 0 ? lowest : single;
}

/** Whether a header's size is that, but for one byte, and not nothing at all. */
function isNearly(m: Memory, at: number, size: number): boolean {
  return sizeOf(m, at) !== 0 && nearly(m, at + m.geometry.word, size);
}

/** What lies before a damaged header belongs to the same pool, as far as blocks there agree with each other. */
function extended(m: Memory, pool: Pool, floor: number): Pool {
  const run = firstRun(m, floor, pool.at, pool.at);
  const at = run?.at ?? pool.at;
  return { at, length: endOf(pool) - at };
}

/** Without a header that ends it: a run of blocks, and what ends it is damaged. */
function endless(m: Memory): Pool[] {
  const { header, quantum } = m.geometry;
  for (let phase = 0; phase < quantum; phase += 4) {
    const run = firstRun(m, 0, m.bytes.length - header, phase);
    if (run !== null && run.confirmed > 0) return [{ at: run.at, length: run.end + header - run.at }];
  }
  return [];
}

/** What belongs to an end lies above this: behind the pool before it, and within reach. */
function floorOf(before: Pool | undefined, at: number): number {
  const end = before === undefined || endOf(before) > at ? 0 : endOf(before);
  return Math.max(end, at - REACH);
}

function endOf({ at, length }: Pool): number {
  return at + length;
}
