// Finds pool tables in the bytes of a dump.
import { countLeading } from "../../base/bisect.ts";
import { isSentinel } from "../../heap/block.ts";
import { load, loadAddress, type Memory } from "../../heap/memory.ts";
import { type Pool, walkPool } from "../../heap/walk.ts";
import { blockSize, runFrom } from "./chains.ts";
import { holderOf } from "./held.ts";

/** A pool table of OP-TEE's malloc layer, as it lies in the heap that it describes. */
export interface FoundTable {
  /** Offset of its first entry. */
  readonly at: number;
  /** Address of the first byte of the memory, which the entries tell. */
  readonly base: number;
  readonly pools: readonly Pool[];
  /** Offset behind its last entry. */
  readonly end: number;
}

/** Of so many words that could end a pool, only the next ones above a table are tried: it lies in its first pool. */
const ALL_ENDS = 64;
const NEXT_ENDS = 16;
/** OP-TEE has two pools at most, and a dump a heap for each TA. */
const MOST_POOLS = 1024;
const MOST_TABLES = 1024;
const PAGE = 4096;
const LARGEST_BASE = 2 ** 53 - 2 ** 32;

/**
 * Finds pool tables: entries of an address and a length that end at one of the `ends`. Without a `base` the first entry's
 * pool must begin with a block header, and tells it. `sure`: only those that
 * pass, at any address.
 */
export function findTables(
  m: Memory,
  ends: readonly number[],
  base: number | null,
  sure: ((table: FoundTable) => boolean) | null = null,
): FoundTable[] {
  const step = m.geometry.word;
  const found: FoundTable[] = [];
  const isEnd = createEndCheck(m);
  const lowest = sure !== null ? -m.bytes.length : 0;
  // Nothing is mapped at address 0.
  const leastAddress = sure !== null ? PAGE : 0;
  for (const first of phasesOf(ends, step))
    for (let at = first; at + 2 * step <= m.bytes.length; at += step) {
      const length = load(m, at + step);
      if (!possibleLength(m, length)) continue;
      const address = loadAddress(m, at);
      if (address % m.geometry.quantum !== 0 || address < leastAddress) continue;
      const starts = (): number[] => (base === null ? startsFor(m, endsFor(ends, at), length) : [address - base]);
      for (const start of sure !== null ? sureStarts(m, ends, at, length) : starts()) {
        const origin = address - start;
        if (origin < lowest || origin > LARGEST_BASE || origin % 1 !== 0) continue;
        const pools = entriesFrom(m, at, origin, leastAddress, isEnd);
        const table = { at, base: origin, pools, end: at + 2 * step * pools.length };
        if (pools.some((pool) => inside(at, pool)) && (sure === null || sure(table))) found.push(table);
        if (found.length === MOST_TABLES) return found;
      }
    }
  return found;
}

/** Where a table can begin in a word, as dumps can begin anywhere: as a pool ends, and as the dump begins. */
function phasesOf(ends: readonly number[], word: number): number[] {
  return [...new Set([0, ...ends.map((end) => end % word)])];
}

/** The ends that the first pool of a table at an offset can have, so many below it as well; `ends` ascend. */
function endsFor(ends: readonly number[], at: number, below = 0): readonly number[] {
  if (ends.length <= ALL_ENDS) return ends;
  const from = countLeading(ends.length, (n) => (ends[n] as number) <= at);
  return ends.slice(Math.max(0, from - below), from + NEXT_ENDS);
}

/** Offsets at which a pool of that length could begin: what ends it is there, and its first header makes sense. */
function startsFor(m: Memory, ends: readonly number[], length: number): number[] {
  const { header } = m.geometry;
  return ends.map((end) => end + header - length).filter((start) => start >= 0 && blockSize(m, start) > 0);
}

/** Blocks that agree with each other by more than chance. */
const MANY = 4;

/** Of the beginnings of a table's first pool those with some blocks; and the one that the table's own block leads to the end of. */
function sureStarts(m: Memory, ends: readonly number[], at: number, length: number): number[] {
  const held = holderOf(m, at);
  const least = held < 0 ? MANY : 1;
  // A table that grew can lie in a later pool.
  const near = endsFor(ends, at, held < 0 ? 0 : NEXT_ENDS);
  const starts = startsFor(m, near, length);
  const agreeing = starts.filter((start) => runFrom(m, start, least).count === least);
  if (held < 0) return agreeing;
  const { end } = runFrom(m, held, m.blockLimit);
  // A damaged end agrees with no free block before it.
  const places = isInside(m, end) ? [end, end + blockSize(m, end)].filter((place) => isInside(m, place)) : [];
  const own = places.flatMap((place) => {
    const start = place + m.geometry.header - length;
    return start >= 0 && (isSentinel(m, place) || runFrom(m, start, 1).count === 1) ? [start] : [];
  });
  return [...new Set([...own, ...agreeing, ...startsBySecond(m, near, at)])];
}

/** A block's header can be read there. */
function isInside(m: Memory, at: number): boolean {
  return at >= 0 && at + m.geometry.header <= m.bytes.length;
}

/** Where the first pool begins if the second entry is right: the first block of the first pool can be damaged. */
function startsBySecond(m: Memory, near: readonly number[], at: number): number[] {
  const { word } = m.geometry;
  const second = at + 2 * word;
  if (second + 2 * word > m.bytes.length || !possibleLength(m, load(m, second + word))) return [];
  const starts = startsFor(m, near, load(m, second + word));
  const distance = loadAddress(m, second) - loadAddress(m, at);
  return starts.map((start) => start - distance).filter((start) => start >= 0 && start < m.bytes.length);
}

function entriesFrom(m: Memory, at: number, base: number, least: number, hasEnd: (pool: Pool) => boolean): Pool[] {
  const { word, quantum } = m.geometry;
  const pools: Pool[] = [];
  for (let entry = at; entry + 2 * word <= m.bytes.length && pools.length < MOST_POOLS; entry += 2 * word) {
    const address = loadAddress(m, entry);
    const pool = { at: address - base, length: load(m, entry + word) };
    if (address < least || !possibleLength(m, pool.length) || pool.at < 0 || (pool.at + base) % quantum !== 0) break;
    if (pool.at + pool.length > m.bytes.length) break;
    if (!hasEnd(pool) || pools.some((other) => overlap(other, pool))) break;
    pools.push(pool);
  }
  return pools;
}

function inside(at: number, pool: Pool): boolean {
  return at >= pool.at && at < pool.at + pool.length;
}

export function overlap(a: Pool, b: Pool): boolean {
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
