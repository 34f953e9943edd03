// Finds pools that no pool table names, from the headers that end them.
import { countLeading } from "../../base/bisect.ts";
import { previousFree, sizeOf } from "../../heap/block.ts";
import type { Memory } from "../../heap/memory.ts";
import type { Pool } from "../../heap/walk.ts";
import { type Beginnings, beginningsOf, firstRun, nearly } from "./chains.ts";

/** A pool whose free memory lies farther away than this from its end is not looked for. */
const REACH = 64 * 2 ** 20;

/** Pools outside of the covered ones, by address: each ends in a header that says so, and blocks lead there. */
export function loosePools(m: Memory, ends: readonly number[], covered: readonly Pool[]): Pool[] {
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
