// Mirrors the accounting of OP-TEE 4.0.0 core/mm/tee_mm.c: ranges of a pool in fixed granules, lowest gap first.
import { assert } from "../../base/assert.ts";

/** A part of the pool that is in use. */
export interface PageRange {
  /** First granule. */
  readonly start: number;
  /** Number of granules. */
  readonly count: number;
}

/** Memory given out in whole granules (pages). All sizes in bytes. */
export interface PagePool {
  readonly size: number;
  readonly granule: number;
  allocated: number;
  maxAllocated: number;
  /** Sorted by start. */
  readonly ranges: PageRange[];
}

/** A pool of `size` bytes in granules of `granule` bytes (a page is 4096), all free. */
export function createPagePool(size: number, granule = 4096): PagePool {
  assert(size % granule === 0, "a pool has whole granules");
  return { size, granule, allocated: 0, maxAllocated: 0, ranges: [] };
}

/** Takes `bytes`, rounded up to granules, from the lowest gap that has room; null if none has. Upstream counts no failures. */
export function takePages(pool: PagePool, bytes: number): PageRange | null {
  const count = Math.ceil(bytes / pool.granule);
  let start = 0;
  let index = 0;
  for (; index < pool.ranges.length; index++) {
    const next = pool.ranges[index] as PageRange;
    if (next.start - start >= count) break;
    start = next.start + next.count;
  }
  if ((start + count) * pool.granule > pool.size) return null;
  const range = { start, count };
  pool.ranges.splice(index, 0, range);
  pool.allocated += count * pool.granule;
  pool.maxAllocated = Math.max(pool.maxAllocated, pool.allocated);
  return range;
}

/** Gives a range back. */
export function givePages(pool: PagePool, range: PageRange): void {
  const index = pool.ranges.indexOf(range);
  assert(index >= 0, "a range that is given back was taken");
  pool.ranges.splice(index, 1);
  pool.allocated -= range.count * pool.granule;
}
