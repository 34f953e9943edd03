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
export interface Chains {
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
export interface Run {
  /** Offset of the first block. */
  readonly at: number;
  /** Where the run ends: a header that is damaged, or is none. */
  readonly end: number;
  /** Blocks, and how many of them are free and confirmed by the block behind: chance seldom makes one. */
  readonly blocks: number;
  readonly confirmed: number;
}

/**
 * The lowest run in a range that is more than chance: its first header can begin a pool, and it has a confirmed free block,
 * at least four blocks, or begins the range. null if there is none. `phase` is an offset that headers keep whole quanta from.
 */
export function firstRun(m: Memory, floor: number, ceiling: number, phase: number): Run | null {
  const { quantum, header } = m.geometry;
  const runs = new Map<number, Run>();
  let first: Run | null = null;
  const top = ceiling - ((((ceiling - phase) % quantum) + quantum) % quantum);
  for (let at = top; at >= floor; at -= quantum) {
    const size = blockSize(m, at);
    if (size === 0 || at + size > ceiling || at + size + header > m.bytes.length) continue;
    const next = runs.get(at + size);
    if (next !== undefined && !agrees(m, at, at + size)) continue;
    const free = sizeOf(m, at) > 0;
    const confirmed = free && previousFree(m, at + size) === size ? 1 : 0;
    const run = {
      at,
      end: next?.end ?? at + size,
      blocks: (next?.blocks ?? 0) + 1,
      confirmed: (next?.confirmed ?? 0) + confirmed,
    };
    runs.set(at, run);
    if (previousFree(m, at) === 0 && (run.confirmed > 0 || run.blocks >= 4 || at === floor)) first = run;
  }
  return first;
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

/** Whether a header and the one behind it say the same of each other. */
function agrees(m: Memory, at: number, next: number): boolean {
  const size = sizeOf(m, at);
  if (previousFree(m, next) !== (size > 0 ? size : 0)) return false;
  return size < 0 || isSentinel(m, next) || sizeOf(m, next) < 0;
}
