// Mirrors the counters of OP-TEE 4.0.0 lib/libutils/isoc/bget_malloc.c.
import type { MallocContext, MallocStats } from "./context.ts";

/** The six counters as they stand. */
export function getStats(ctx: MallocContext): MallocStats {
  return {
    allocated: ctx.heap.allocated,
    maxAllocated: ctx.maxAllocated,
    size: ctx.size,
    failures: ctx.failures,
    biggestFailure: ctx.biggestFailure,
    biggestFailureUsed: ctx.biggestFailureUsed,
  };
}

/** Sets the maximum (to 0, not to what is allocated now) and the three failure counters to 0. */
export function resetStats(ctx: MallocContext): void {
  ctx.maxAllocated = 0;
  ctx.failures = 0;
  ctx.biggestFailure = 0;
  ctx.biggestFailureUsed = 0;
}

/** Counts the end of an allocation. `requested` is the payload asked for; it is kept in 32 bits but compared in full. */
export function count(ctx: MallocContext, pointer: number, requested: number | bigint): void {
  const { allocated } = ctx.heap;
  if (allocated > ctx.maxAllocated) ctx.maxAllocated = allocated;
  if (pointer !== 0) return;
  ctx.failures++;
  if (requested > ctx.biggestFailure) {
    ctx.biggestFailure = low32(requested);
    ctx.biggestFailureUsed = allocated;
  }
}

function low32(size: number | bigint): number {
  if (typeof size === "bigint") return Number(BigInt.asUintN(32, size));
  return Number.isFinite(size) ? size % 2 ** 32 : 2 ** 32 - 1;
}
