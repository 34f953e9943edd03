// Finds pool tables in the bytes of a dump.
import { countLeading } from "../../base/bisect.ts";
import { isSentinel } from "../../heap/block.ts";
import { load, loadAddress, type Memory } from "../../heap/memory.ts";
import { type Pool, walkPool } from "../../heap/walk.ts";
import { blockSize } from "./chains.ts";

/** A pool table of OP-TEE's malloc layer, as it lies in the heap that it describes. */
export interface FoundTable {
  /** Offset of its first entry. */
  readonly at: number;
  /** Address of the first byte of the memory, which the entries tell. */
  readonly base: number;
  readonly pools: readonly Pool[];
}

/** Of so many words that could end a pool, only the next ones above a table are tried: it lies in its first pool. */
const ALL_ENDS = 64;
const NEXT_ENDS = 16;
/** OP-TEE has two pools at most, and a dump a heap for each TA. */
const MOST_POOLS = 1024;
const MOST_TABLES = 1024;
const LARGEST_BASE = 2 ** 53 - 2 ** 32;

/**
 * Finds pool tables: entries of an address and a length that end at one of the `ends`. Without a `base` the first entry's
 * pool must begin with a block header, and tells it. Those of the most memory first.
 */
export function findTables(m: Memory, ends: readonly number[], base: number | null): FoundTable[] {
  const step = m.geometry.word;
  const found: FoundTable[] = [];
  const isEnd = createEndCheck(m);
  for (let at = 0; at + 2 * step <= m.bytes.length; at += step) {
    const length = load(m, at + step);
    if (!possibleLength(m, length)) continue;
    for (const start of base === null ? startsFor(m, endsFor(ends, at), length) : [loadAddress(m, at) - base]) {
      const origin = loadAddress(m, at) - start;
      if (origin < 0 || origin > LARGEST_BASE || origin % 1 !== 0) continue;
      const pools = entriesFrom(m, at, origin, isEnd);
      if (pools.some((pool) => inside(at, pool))) found.push({ at, base: origin, pools });
      if (found.length === MOST_TABLES) return distinct(found);
    }
  }
  return distinct(found);
}

/** The ends that the first pool of a table at an offset can have; `ends` ascend. */
function endsFor(ends: readonly number[], at: number): readonly number[] {
  if (ends.length <= ALL_ENDS) return ends;
  const from = countLeading(ends.length, (n) => (ends[n] as number) <= at);
  return ends.slice(from, from + NEXT_ENDS);
}

/** Offsets at which a pool of that length could begin: what ends it is there, and its first header makes sense. */
function startsFor(m: Memory, ends: readonly number[], length: number): number[] {
  const { header } = m.geometry;
  return ends.map((end) => end + header - length).filter((start) => start >= 0 && blockSize(m, start) > 0);
}

function entriesFrom(m: Memory, at: number, base: number, hasEnd: (pool: Pool) => boolean): Pool[] {
  const { word, quantum } = m.geometry;
  const pools: Pool[] = [];
  for (let entry = at; entry + 2 * word <= m.bytes.length && pools.length < MOST_POOLS; entry += 2 * word) {
    const pool = { at: loadAddress(m, entry) - base, length: load(m, entry + word) };
    if (!possibleLength(m, pool.length) || pool.at < 0 || (pool.at + base) % quantum !== 0) break;
    if (pool.at + pool.length > m.bytes.length) break;
    if (!hasEnd(pool) || pools.some((other) => overlap(other, pool))) break;
    pools.push(pool);
  }
  return pools;
}

function inside(at: number, pool: Pool): boolean {
  return at >= pool.at && at < pool.at + pool.length;
}

function overlap(a: Pool, b: Pool): boolean {
  return a.at < b.at + b.length && b.at < a.at + a.length;
}

/** Whether a pool ends where it should; a damaged end is one that blocks lead to. Walks over so many blocks as fit twice. */
function createEndCheck(m: Memory): (pool: Pool) => boolean {
  let left = 2 * m.blockLimit;
  return (pool) => {
    const end = pool.at + pool.length - m.geometry.header;
    if (isSentinel(m, end)) return true;
    if (left < 0 || blockSize(m, pool.at) === 0) return false;
    const walk = walkPool(m, pool);
    left -= 1 + walk.blocks.length;
    return walk.end === end;
  };
}

function possibleLength(m: Memory, length: number): boolean {
  const { header, freeHeader, quantum } = m.geometry;
  return length >= header + freeHeader && length <= m.bytes.length && length % quantum === 0;
}

/** Of tables whose pools overlap the one of more memory: a table's second entry looks like the first of another. */
function distinct(tables: readonly FoundTable[]): FoundTable[] {
  const chosen: FoundTable[] = [];
  const room = ({ pools }: FoundTable): number => pools.reduce((sum, { length }) => sum + length, 0);
  for (const table of tables.toSorted((a, b) => room(b) - room(a) || a.at - b.at)) {
    const taken = table.pools.some((pool) => chosen.some(({ pools }) => pools.some((other) => overlap(other, pool))));
    if (!taken) chosen.push(table);
  }
  return chosen;
}
