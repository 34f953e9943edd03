// Memory of TAs: upstream's tee_mm_sec_ddr until 4.3, core/mm/phys_mem.c since 4.4.
import type { Core } from "./core.ts";
import { createPagePool, givePages, type PagePool, type PageRange, takePages } from "./page_pool.ts";

type TaMemory = Pick<Core, "taRam" | "coreRam">;

/** Figures of all of it, as the statistics show them. Bytes. */
interface TaMemoryStats {
  readonly allocated: number;
  readonly maxAllocated: number;
  readonly size: number;
}

/** The core's pool, of which OP-TEE's own pages take `used` bytes. While it boots, they take all of it. */
export function createCoreRam({ size, used }: { readonly size: number; readonly used: number }): PagePool {
  const pool = createPagePool(size);
  const all = takePages(pool, size);
  if (all !== null) givePages(pool, all);
  takePages(pool, used);
  return pool;
}

/** Takes pages for a TA: from the pool of TAs or, where that has no room, from the core's. Null if neither has. */
export function takeTaPages({ taRam, coreRam }: TaMemory, bytes: number): PageRange | null {
  return takePages(taRam, bytes) ?? (coreRam === null ? null : takePages(coreRam, bytes));
}

/** Gives pages of a TA back to where they came from. */
export function giveTaPages({ taRam, coreRam }: TaMemory, range: PageRange): void {
  givePages(coreRam?.ranges.includes(range) ? coreRam : taRam, range);
}

/** Sizes and allocated bytes are added up; the maximum is the larger of the two. A reset sets both maxima to 0. */
export function taMemoryStats({ taRam, coreRam }: TaMemory, reset: boolean): TaMemoryStats {
  const pools = coreRam === null ? [taRam] : [coreRam, taRam];
  const sum = (of: (pool: PagePool) => number): number => pools.reduce((total, pool) => total + of(pool), 0);
  const stats = {
    allocated: sum(({ allocated }) => allocated),
    maxAllocated: Math.max(...pools.map(({ maxAllocated }) => maxAllocated)),
    size: sum(({ size }) => size),
  };
  if (reset) for (const pool of pools) pool.maxAllocated = 0;
  return stats;
}
