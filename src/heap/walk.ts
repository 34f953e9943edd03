// Walks the blocks of a pool, header by header.
import { isSentinel, previousFree, sizeOf } from "./block.ts";
import type { Memory } from "./memory.ts";

/** One block as its header in the bytes describes it. */
export interface Block {
  /** Offset of the header. */
  readonly at: number;
  /** Bytes with the header, positive. */
  readonly size: number;
  readonly free: boolean;
  /** What the header says of the block before: its size if it is free, else 0. */
  readonly previousFree: number;
}

/** A range of memory that was given to the allocator, rounded as it was recorded. */
export interface Pool {
  readonly at: number;
  /** Bytes with the sentinel header. */
  readonly length: number;
}

/** Something in the bytes that no healthy allocator leaves there. */
export interface Damage {
  /** Offset of the block whose header, links or contents are wrong. */
  readonly at: number;
  /** Offset of the block before it in its pool, the usual suspect; -1 if there is none. */
  readonly before: number;
  readonly what: string;
}

/** The blocks of a pool in address order, as far as the headers make sense. */
export interface PoolWalk {
  readonly pool: Pool;
  readonly blocks: readonly Block[];
  /** Where the walk ended: the sentinel, or the block that is damaged. */
  readonly end: number;
  readonly damage: Damage | null;
}

/**
 * Walks a pool by the sizes in its block headers. Never leaves the pool and never loops: the first header that leads
 * nowhere ends the walk and is named in `damage`.
 */
export function walkPool(m: Memory, pool: Pool): PoolWalk {
  const limit = Math.min(pool.at + pool.length, m.bytes.length);
  const { quantum, freeHeader } = m.geometry;
  const aligned = (m.base + pool.at) % quantum === 0;
  const blocks: Block[] = [];
  let at = pool.at;
  let before = -1;
  for (;;) {
    const damage = (what: string): PoolWalk => ({ pool, blocks, end: at, damage: { at, before, what } });
    if (at < 0 || at + m.geometry.header > limit) return damage("the pool has no room for this block header");
    const signed = sizeOf(m, at);
    if (isSentinel(m, at)) return { pool, blocks, end: at, damage: null };
    const size = Math.abs(signed);
    if (size === 0) return damage("block size is 0");
    if (size < freeHeader) return damage(`block size ${signed} is smaller than a block can be`);
    if (aligned && size % quantum !== 0) return damage(`block size ${signed} is not a multiple of ${quantum}`);
    if (!(at + size + m.geometry.header <= limit)) return damage(`block size ${signed} leads out of the pool`);
    blocks.push({ at, size, free: signed > 0, previousFree: previousFree(m, at) });
    before = at;
    at += size;
  }
}
