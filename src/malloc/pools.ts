// Mirrors raw_malloc_add_pool of OP-TEE 4.0.0 lib/libutils/isoc/bget_malloc.c: the pool table lives in the heap itself.

import { load, loadAddress } from "../heap/memory.ts";
import type { Pool } from "../heap/walk.ts";
import type { MallocContext } from "./context.ts";

/** The pools in the order in which they were added, read from the table in the heap. */
export function poolsOf(ctx: MallocContext): Pool[] {
  const m = ctx.heap.memory;
  const pools: Pool[] = [];
  for (let n = 0; n < ctx.poolCount; n++) {
    const entry = ctx.table + n * entrySize(ctx);
    pools.push({ at: loadAddress(m, entry) - m.base, length: load(m, entry + m.geometry.word) });
  }
  return pools;
}

/** Bytes of one entry: address and length. */
export function entrySize(ctx: MallocContext): number {
  return 2 * ctx.heap.geometry.word;
}
