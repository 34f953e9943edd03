// The blocks and holes of a heap by address, from its live blocks alone.
import { roundDown, roundUp } from "../../base/integer.ts";
import { type Geometry, geometryOf, type Word } from "../../heap/geometry.ts";

/** Where a heap lies and how it was built. */
export interface HeapShape {
  readonly word: Word;
  /** Every payload has a leak header before it. */
  readonly leakHeaders: boolean;
  /** The memory that it was given, as recorded: address and bytes. */
  readonly pools: readonly { readonly address: number; readonly length: number }[];
}

/** What is known of a live block: the address of its payload, and its bytes with all headers. */
export interface PlacedBlock {
  readonly address: number;
  readonly taken: number;
}

/** A stretch of memory: a block, or a hole (a free block). */
export interface MapPart<T> {
  /** Address of its header. */
  readonly at: number;
  /** Bytes with the header. */
  readonly size: number;
  /** Null for a hole. */
  readonly block: T | null;
}

/** All blocks and holes of a pool by address. */
export interface PoolMap<T> {
  /** First address, and bytes with the header that ends the pool. */
  readonly at: number;
  readonly length: number;
  readonly parts: readonly MapPart<T>[];
}

/** Bytes between the beginning of a block and its payload. */
function frontOf({ word, leakHeaders }: HeapShape): number {
  const { header } = geometryOf(word);
  return leakHeaders ? 3 * header : header;
}

/**
 * Lays the live blocks of a heap out. The allocator leaves no two free blocks side by side and no rest between blocks, so
 * what lies between two live blocks is one free block.
 */
export function heapMap<T extends PlacedBlock>(shape: HeapShape, blocks: readonly T[]): PoolMap<T>[] {
  const geometry = geometryOf(shape.word);
  const sorted = [...blocks].sort((a, b) => a.address - b.address);
  return shape.pools.map((pool) => layOut(geometry, frontOf(shape), pool, sorted));
}

function layOut<T extends PlacedBlock>(
  { quantum, header }: Geometry,
  front: number,
  pool: HeapShape["pools"][number],
  sorted: readonly T[],
): PoolMap<T> {
  const start = roundUp(pool.address, quantum);
  const end = roundDown(pool.address + pool.length, quantum);
  const parts: MapPart<T>[] = [];
  let next = start;
  for (const block of sorted) {
    const at = block.address - front;
    if (at < start || at >= end) continue;
    if (at > next) parts.push({ at: next, size: at - next, block: null });
    parts.push({ at, size: block.taken, block });
    next = Math.max(next, at + block.taken);
  }
  const last = end - header;
  if (last > next) parts.push({ at: next, size: last - next, block: null });
  return { at: start, length: end - start, parts };
}
