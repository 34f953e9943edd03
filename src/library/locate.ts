// Says of a panic that no pointer was given for which block is at fault.
import { HeapPanic } from "../heap/panic.ts";
import { walkPool } from "../heap/walk.ts";
import { checkContext, describeDamage } from "../malloc/check.ts";
import type { MallocContext } from "../malloc/context.ts";
import { beforeFault } from "../malloc/explain.ts";
import { placeAt } from "../malloc/place.ts";
import { poolsOf } from "../malloc/pools.ts";
import { siteAt } from "../malloc/site.ts";

/** The panic with address and call site of the block at fault; anything else that was thrown stays as it is. */
export function located(ctx: MallocContext, error: unknown): unknown {
  if (!(error instanceof HeapPanic) || error.address !== undefined) return error;
  const { func, at, what } = error;
  const { base, bytes } = ctx.heap.memory;
  if (!(at >= 0 && at < bytes.length)) {
    // A damaged link or size led there: where it stands, the checker knows.
    const [damage] = checkContext(ctx);
    if (damage === undefined) return error;
    const { address, site } = damage;
    return new HeapPanic(func, at, what, { address, site, explanation: describeDamage(damage) });
  }
  const block = blockWith(ctx, at);
  const site = siteAt(ctx, block);
  // What a program writes beyond the end of a block is its own doing, not that of the block before it.
  const suspect = what.startsWith("footer") ? "" : beforeFault(ctx, block);
  const explanation = `block ${placeAt(base, block)}${site === null ? "" : ` from ${site}`}${suspect}`;
  return new HeapPanic(func, at, what, { address: base + at, site, explanation });
}

/** Offset of the block that has the byte; the byte's own where the headers do not lead to one. */
function blockWith(ctx: MallocContext, byte: number): number {
  const pool = poolsOf(ctx).find(({ at, length }) => byte >= at && byte < at + length);
  const blocks = pool === undefined ? [] : walkPool(ctx.heap.memory, pool).blocks;
  return blocks.find(({ at, size }) => byte >= at && byte < at + size)?.at ?? byte;
}
