// Frees all blocks of a heap at once.
import { forgetIndex } from "../heap/fast/finder.ts";
import { HEAD } from "../heap/heap.ts";
import { HeapPanic } from "../heap/panic.ts";
import { takePool } from "../malloc/add_pool.ts";
import { checkTable } from "../malloc/check_table.ts";
import type { MallocContext } from "../malloc/context.ts";
import { poolsOf } from "../malloc/pools.ts";

/**
 * Adds the pools of a context anew, in their order, as if nothing had been allocated. The maximum and the counters of failures stay.
 * Panics where the pool table is damaged: where the pools lie is known from it alone.
 */
export function emptyHeap(ctx: MallocContext): void {
  const [damage] = checkTable(ctx);
  if (damage !== undefined) throw new HeapPanic("reset", damage.at, damage.what);
  const pools = poolsOf(ctx);
  const { heap, listener } = ctx;
  forgetIndex(heap);
  Object.assign(heap, {
    headForward: HEAD,
    headBack: HEAD,
    allocated: 0,
    gets: 0,
    releases: 0,
    freeSquares: -0,
    poolSize: 0,
    pools: 0,
    poolGets: 0,
  });
  // Who listens has been told of the pools.
  Object.assign(ctx, { table: 0, poolCount: 0, size: 0, listener: null });
  for (const { at, length } of pools) takePool(ctx, at, length);
  ctx.listener = listener;
}
