// Finds chains of block headers in the bytes of a dump.
import { isSentinel, previousFree, sizeOf } from "../../heap/block.ts";
import type { Memory } from "../../heap/memory.ts";

/** Offsets of headers that could end a pool, ascending: their size is the most negative word. Any alignment. */
export function sentinels(m: Memory): number[] {
  const { word } = m.geometry;
  const found: number[] = [];
  // The sentinel's size is zeros and then 0x80, which is quick to look for.
  for (let last = m.bytes.indexOf(0x80); last >= 0; last = m.bytes.indexOf(0x80, last + 1)) {
    const at = last + 1 - 2 * word;
    if (at >= 0 && isSentinel(m, at)) found.push(at);
  }
  return found;
}

/** Headers that lead to one place, block by block, each in agreement with the next. */
interface Chains {
  /** Whether the header at an offset leads there. */
  leads(at: number): boolean;
  /** The lowest such offset that can begin a pool (no free block before it); -1 if there is none. */
  readonly start: number;
  /** The lowest such offset at all; -1 if there is none. */
  readonly lowest: number;
}

/** Looks for them from `end` down to `floor`, in steps of the quantum. Costs a look at every step. */
export function chainsTo(m: Memory, end: number, floor: number): Chains {
  const { quantum } = m.geometry;
  const steps = Math.floor((end - floor) / quantum);
  const good = new Uint8Array(Math.max(0, steps) + 1);
  good[0] = 1;
  let start = -1;
  let lowest = -1;
  for (let n = 1; n <= steps; n++) {
    const at = end - n * quantum;
    const size = blockSize(m, at);
    if (size === 0 || size > end - at || good[n - size / quantum] !== 1 || !agrees(m, at, at + size)) continue;
    good[n] = 1;
    lowest = at;
    if (previousFree(m, at) === 0) start = at;
  }
  return {
    leads: (at) => (end - at) % quantum === 0 && at >= floor && good[(end - at) / quantum] === 1,
    start,
    lowest,
  };
}

/** Headers that agree with each other up to one that makes no sense. */
interface BlockRun {
  /** Offset of the first block. */
  readonly at: number;
  /** Where the run ends: a header that is damaged, or is none. */
  readonly end: number;
  /** Blocks, and how many of them are free and confirmed by the block behind: chance seldom makes one. */
  readonly blocks: number;
  readonly confirmed: number;
}

/** Where the pools that some headers end can begin, by index of the end; -1 where nothing says so. */
export interface Beginnings {
  /** As in `Chains`. */
  readonly start: Int32Array;
  readonly lowest: Int32Array;
  /** The lowest header of a free block that says it reaches to the end, whatever the end says. */
  readonly single: Int32Array;
}

/**
 * Looks for them for all `ends`, in one pass for each remainder that ends leave of the quantum: dumps have thousands of words
 * that could end a pool. Blocks below the floor of an end belong to none of its chains.
 */
export function beginningsOf(m: Memory, ends: readonly number[], floorOf: (end: number) => number): Beginnings {
  const none = (): Int32Array => new Int32Array(ends.length).fill(-1);
  const found = { start: none(), lowest: none(), single: none() };
  const { quantum } = m.geometry;
  for (let phase = 0; phase < quantum; phase++) passOver(m, phase, ends, floorOf, found);
  return found;
}

function passOver(
  m: Memory,
  phase: number,
  ends: readonly number[],
  floorOf: (end: number) => number,
  { start, lowest, single }: Beginnings,
): void {
  const { quantum } = m.geometry;
  const top = ends.findLast((end) => end % quantum === phase);
  if (top === undefined) return;
  /** By step: 1 + index of the end that the header there leads to, 0 for none. */
  const leads = new Int32Array((top - phase) / quantum + 1);
  for (const [n, end] of ends.entries()) if (end % quantum === phase) leads[(end - phase) / quantum] = n + 1;
  for (let step = leads.length - 2; step >= 0; step--) {
    if (leads[step] !== 0) continue;
    const at = phase + step * quantum;
    const signed = sizeOf(m, at);
    const size = Math.abs(signed);
    const next = step + size / quantum;
    if (size === 0 || size % quantum !== 0 || next >= leads.length) continue;
    const n = (leads[next] as number) - 1;
    if (n < 0) continue;
    const end = ends[n] as number;
    if (signed > 0 && at + size === end && size >= m.least && nearly(m, at, 0)) single[n] = at;
    if (blockSize(m, at) === 0 || at < floorOf(end) || !agrees(m, at, at + size)) continue;
    leads[step] = n + 1;
    lowest[n] = at;
    if (previousFree(m, at) === 0) start[n] = at;
  }
}

/**
 * The lowest run in a range that is more than chance: its first header can begin a pool, and it has a confirmed free block,
 * at least four blocks, or begins the range. null if there is none. `phase` is an offset that headers keep whole quanta from.
 */
export function firstRun(m: Memory, floor: number, ceiling: number, phase: number): BlockRun | null {
  const { quantum, header } = m.geometry;
  const top = ceiling - ((((ceiling - phase) % quantum) + quantum) % quantum);
  const steps = Math.floor((top - floor) / quantum);
  if (steps < 0) return null;
  const bottom = top - steps * quantum;
  // Of the run that begins at each step: where it ends (0: no header), blocks, confirmed free blocks.
  const ends = new Int32Array(steps + 1);
  const blocks = new Int32Array(steps + 1);
  const confirmed = new Int32Array(steps + 1);
  let first = -1;
  for (let step = steps; step >= 0; step--) {
    const at = bottom + step * quantum;
    const size = blockSize(m, at);
    if (size === 0 || at + size > ceiling || at + size + header > m.bytes.length) continue;
    const next = step + size / quantum;
    const goesOn = next <= steps && ends[next] !== 0;
    if (goesOn && !agrees(m, at, at + size)) continue;
    const isConfirmed = sizeOf(m, at) > 0 && previousFree(m, at + size) === size;
    ends[step] = goesOn ? (ends[next] as number) : at + size;
    blocks[step] = 1 + (goesOn ? (blocks[next] as number) : 0);
    confirmed[step] = (isConfirmed ? 1 : 0) + (goesOn ? (confirmed[next] as number) : 0);
    const likely = (confirmed[step] as number) > 0 || (blocks[step] as number) >= 4 || at === floor;
    if (previousFree(m, at) === 0 && likely) first = step;
  }
  if (first < 0) return null;
  const [end, count, sure] = [ends[first], blocks[first], confirmed[first]] as [number, number, number];
  return { at: bottom + first * quantum, end, blocks: count, confirmed: sure };
}

/** Bytes of the block whose header lies there, 0 if that can be none. */
export function blockSize(m: Memory, at: number): number {
  const { quantum, freeHeader } = m.geometry;
  if (at < 0 || at + m.geometry.header > m.bytes.length) return 0;
  const size = Math.abs(sizeOf(m, at));
  const before = previousFree(m, at);
  if (size < freeHeader || size % quantum !== 0 || size > m.bytes.length - at) return 0;
  return before >= 0 && before <= at && before % quantum === 0 ? size : 0;
}

/** Whether the word at an offset has a value, but for one byte. By its bytes: numbers are not exact beyond 2^53. */
export function nearly({ bytes, geometry }: Memory, at: number, value: number): boolean {
  let rest = BigInt.asUintN(geometry.bits, BigInt(value));
  let different = 0;
  for (let n = 0; n < geometry.word; n++, rest >>= 8n) if (bytes[at + n] !== Number(rest & 0xffn)) different++;
  return different <= 1;
}

/** Headers from there on that agree with each other, `most` at most: how many, and where the next one would be. */
export function runFrom(m: Memory, from: number, most: number): { readonly count: number; readonly end: number } {
  let at = from;
  let count = 0;
  while (count < most) {
    const size = blockSize(m, at);
    if (size === 0 || at + size + m.geometry.header > m.bytes.length || !agrees(m, at, at + size)) break;
    at += size;
    count++;
  }
  return { count, end: at };
}

/** Whether a header and the one behind it say the same of each other. */
function agrees(m: Memory, at: number, next: number): boolean {
  const size = sizeOf(m, at);
  if (previousFree(m, next) !== (size > 0 ? size : 0)) return false;
  return size < 0 || isSentinel(m, next) || sizeOf(m, next) < 0;
}
