// Memory as C words at addresses.
import { assert } from "../base/assert.ts";
import { type Geometry, geometryOf, type Word } from "./geometry.ts";
import { panic } from "./panic.ts";

const TWO32 = 2 ** 32;
/** Of the lower half of all addresses: each in the memory is exact, and none is one that a list head has. */
export const MOST_BASE = 2 ** 53 - TWO32;

/**
 * The bytes that heaps live in, read as little-endian C words. A pointer is an offset from the first byte; 0 is NULL.
 * Addresses (offset + `base`) appear only where C stores one: free-list links, the pool table, leak headers.
 */
export interface Memory {
  readonly geometry: Geometry;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Address of the first byte. A safe integer, at most 2^53 - 2^32. */
  readonly base: number;
  readonly words: Int32Array;
  /** True for 8-byte words. */
  readonly wide: boolean;
  /** Offset of the last readable word. */
  readonly last: number;
  /** Offset of the last place for the header of a free block, and for that of any block; negative if there is none. */
  readonly lastFree: number;
  readonly lastHeader: number;
  /** Size of the smallest block, which is two quanta. */
  readonly least: number;
  /** Offset of the first quantum: what all blocks leave as a remainder, where pools are aligned by address. */
  readonly phase: number;
  /** More free blocks than this fit nowhere. */
  readonly blockLimit: number;
}

/** Where memory starts and what it holds. */
export interface MemoryOptions {
  readonly word: Word;
  /** Address of the first byte, default 0x40000000. */
  readonly base?: number;
}

/** True for what can be the address of the first byte: whole, and with all addresses behind it exact. */
export function isBase(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= MOST_BASE;
}

/**
 * Puts C words over `bytes` (at most 2 GiB - 1, starting at a multiple of 4 in their buffer; other views are copied).
 * The host must be little endian, as every machine that runs Node or a browser is.
 */
export function createMemory(bytes: Uint8Array, options: MemoryOptions): Memory {
  const base = options.base ?? 0x40000000;
  assert(options.word === 4 || options.word === 8, "a word has 4 or 8 bytes");
  assert(bytes instanceof Uint8Array, "memory is a Uint8Array");
  assert(bytes.length < 2 ** 31, "memory is smaller than 2 GiB");
  assert(isBase(base), "base is an address");
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const geometry = geometryOf(options.word);
  return {
    geometry,
    bytes: aligned,
    view: new DataView(aligned.buffer, aligned.byteOffset, aligned.length),
    base,
    words: new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2),
    wide: options.word === 8,
    last: aligned.length - options.word,
    lastFree: aligned.length - geometry.freeHeader,
    lastHeader: aligned.length - geometry.header,
    least: geometry.freeHeader,
    phase: -base & (geometry.quantum - 1),
    blockLimit: Math.floor(aligned.length / geometry.freeHeader) + 2,
  };
}

/**
 * Reads the signed word at any offset. Exact up to 2^53, which is far beyond every size that a heap can hold.
 * Outside the memory: panics, as the processor would with a data abort.
 */
export function load(m: Memory, at: number): number {
  if ((at & 3) !== 0 || !(at >= 0 && at <= m.last)) return loadSlowly(m, at);
  const i = at >> 2;
  const low = m.words[i] as number;
  if (!m.wide) return low;
  const high = m.words[i + 1] as number;
  return high === low >> 31 ? low : high * TWO32 + (low >>> 0);
}

/** Writes the signed word (a safe integer, or the sentinel) at any offset. Outside the memory: panics. */
export function store(m: Memory, at: number, value: number): void {
  if ((at & 3) !== 0 || !(at >= 0 && at <= m.last)) return storeSlowly(m, at, value);
  const i = at >> 2;
  const low = value | 0;
  m.words[i] = low;
  if (m.wide) m.words[i + 1] = low === value ? low >> 31 : Math.floor(value / TWO32);
}

/** Reads an unsigned word that holds an address; exact up to 2^53. */
export function loadAddress(m: Memory, at: number): number {
  const word = load(m, at);
  return word < 0 ? word + (m.wide ? 2 ** 64 : TWO32) : word;
}

function loadSlowly(m: Memory, at: number): number {
  if (!(at >= 0 && at <= m.last)) panic("data-abort", at, "read outside the memory");
  const low = m.view.getInt32(at, true);
  if (!m.wide) return low;
  const high = m.view.getInt32(at + 4, true);
  return high === low >> 31 ? low : high * TWO32 + (low >>> 0);
}

function storeSlowly(m: Memory, at: number, value: number): void {
  if (!(at >= 0 && at <= m.last)) panic("data-abort", at, "write outside the memory");
  const low = value | 0;
  m.view.setInt32(at, low, true);
  if (m.wide) m.view.setInt32(at + 4, low === value ? low >> 31 : Math.floor(value / TWO32), true);
}
