// Finds heaps from what the allocator keeps outside of them (struct malloc_ctx), also where their pool table is damaged.
import { load, loadAddress, type Memory } from "../../heap/memory.ts";
import type { Pool } from "../../heap/walk.ts";
import { readState, type StatePlace, statesAt } from "./allocator_state.ts";
import { blockSize, nearly } from "./chains.ts";
import { type FoundTable, overlap } from "./tables.ts";

/** OP-TEE has three at most. */
const MOST_POOLS = 16;
const MOST_STATES = 256;
/** Counters that are ready for use: no heap is smaller, or larger than this. */
const LEAST_HEAP = 1024;
const MOST_HEAP = 2 ** 30;

/** The pool tables that states lead to; `ends`: offsets of headers that end pools, ascending. */
export function tablesOfStates(m: Memory, ends: readonly number[]): FoundTable[] {
  const { word, quantum } = m.geometry;
  const found: FoundTable[] = [];
  let tried = 0;
  for (let at = 0; at + 32 * word <= m.bytes.length && tried < MOST_STATES; at += word) {
    if (load(m, at) !== 0 || load(m, at + word) !== 0) continue;
    const [forward, back] = [loadAddress(m, at + 2 * word), loadAddress(m, at + 3 * word)];
    if (forward < quantum || back < quantum || forward % quantum !== 0 || back % quantum !== 0) continue;
    if (Math.abs(forward - back) >= m.bytes.length || !isPlausible(m, at)) continue;
    tried++;
    const origin = originOf(m, at, forward);
    if (origin === null) continue;
    const tables = statesAt(m, at, origin).flatMap((place) => tableOf(m, place, origin, ends) ?? []);
    found.push(...tables.slice(0, 1));
  }
  return found;
}

/** Whether counters stand behind a list head: as many bytes in use as the pools can have, and more blocks given out than back. */
function isPlausible(m: Memory, at: number): boolean {
  const { word } = m.geometry;
  const [allocated, gets, releases] = [4, 5, 6].map((n) => load(m, at + n * word)) as [number, number, number];
  return allocated > 0 && allocated < MOST_HEAP && releases >= 0 && gets > releases;
}

/** The address of the memory's first byte: the first free block, at the address `forward`, links back to the list head. */
function originOf(m: Memory, at: number, forward: number): number | null {
  const { word, header, quantum } = m.geometry;
  const sum = forward + at;
  const low = sum | 0;
  const { words } = m;
  for (let n = (header + word) >> 2; n < words.length; n += quantum >> 2) {
    const block = 4 * n - header - word;
    // The low halves first: the sum of an offset and an address is what tells.
    if ((((words[n] as number) + block) | 0) !== low) continue;
    if (loadAddress(m, 4 * n) + block === sum && blockSize(m, block) > 0) return forward - block;
  }
  return null;
}

/** The table that a state names, with an entry that is wrong put right where the sum of all pools tells how. */
function tableOf(m: Memory, place: StatePlace, origin: number, ends: readonly number[]): FoundTable | null {
  const { word, quantum } = m.geometry;
  // Without counters a state tells too little: what looks like one is often none.
  if (place.layout.counters === undefined) return null;
  const { poolCount, counters } = readState(m, place);
  const at = loadAddress(m, place.at + place.layout.pool) - origin;
  const end = at + 2 * word * poolCount;
  if (poolCount < 1 || poolCount > MOST_POOLS || at < 0 || end > m.bytes.length || at % word !== 0) return null;
  const named = Array.from({ length: poolCount }, (_, n): Pool => {
    const entry = at + 2 * word * n;
    return { at: loadAddress(m, entry) - origin, length: load(m, entry + word) };
  });
  const isEnd = new Set(ends);
  const isPool = ({ at: from, length }: Pool): boolean =>
    from >= 0 &&
    length >= LEAST_POOL &&
    length % quantum === 0 &&
    isEnd.has(from + length - m.geometry.header) &&
    blockSize(m, from) > 0;
  const good = named.filter(isPool);
  const [bad, ...others] = named.filter((pool) => !isPool(pool));
  const length = counters.size - good.reduce((sum, pool) => sum + pool.length, 0);
  if (bad === undefined) return length === 0 ? { at, base: origin, pools: named, end } : null;
  if (others.length > 0 || counters.size < LEAST_HEAP) return null;
  const right = ends
    .map((last): Pool => ({ at: last + m.geometry.header - length, length }))
    .filter((pool) => isPool(pool) && !good.some((other) => overlap(other, pool)))
    .filter((pool) => pool.at === bad.at || nearly(m, at + 2 * word * named.indexOf(bad), pool.at + origin));
  const [only] = right;
  if (only === undefined || right.length > 1) return null;
  return { at, base: origin, pools: named.map((pool) => (pool === bad ? only : pool)), end };
}

const LEAST_POOL = 64;
