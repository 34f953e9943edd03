// Mirrors raw_malloc_add_pool of OP-TEE lib/libutils/isoc/bget_malloc.c.
import { roundDown, roundUp } from "../base/integer.ts";
import { bpool } from "../heap/bpool.ts";
import { store } from "../heap/memory.ts";
import { panic } from "../heap/panic.ts";
import type { Pool } from "../heap/walk.ts";
import { expectNewPool } from "./arguments.ts";
import type { MallocContext } from "./context.ts";
import { realloc } from "./malloc.ts";
import { MALLOC_FILE } from "./names.ts";
import { entrySize } from "./pools.ts";

export const FIRST_POOL_MIN = 1024;

/**
 * Gives the context `length` bytes at offset `at`, both ends rounded inward to the quantum, and enters them in the pool
 * table, which is reallocated inside the heap for it. Returns the pool as recorded, or null if it is too small: 1024 bytes
 * for the first, block header + free header for later ones. Panics if the heap has no room for the table. A TypeError or a
 * RangeError for what is no range of the memory, or overlaps a pool.
 */
export function addPool(ctx: MallocContext, at: number, length: number): Pool | null {
  expectNewPool(ctx, at, length);
  return takePool(ctx, at, length);
}

/** What the C function does, without a look at its arguments. */
export function takePool(ctx: MallocContext, at: number, length: number): Pool | null {
  const { memory, geometry } = ctx.heap;
  const start = roundUp(memory.base + at, geometry.quantum);
  const end = roundDown(memory.base + at + length, geometry.quantum);
  const least = ctx.poolCount === 0 ? FIRST_POOL_MIN : geometry.header + geometry.freeHeader;
  if (end - start < least) return null;
  const pool = { at: start - memory.base, length: end - start };
  bpool(ctx.heap, pool.at, pool.length);
  if (ctx.listener !== null) ctx.listener("P", at, length, 0, 0, null, 0, ctx.heap.allocated);

  const entry = entrySize(ctx);
  const table = realloc(ctx, ctx.table, entry * (ctx.poolCount + 1), MALLOC_FILE, ctx.lines.poolTable);
  if (table === 0) panic("raw_malloc_add_pool", pool.at, "no room for the pool table");
  ctx.table = table;
  store(memory, table + ctx.poolCount * entry, start);
  store(memory, table + ctx.poolCount * entry + geometry.word, pool.length);
  ctx.poolCount++;
  ctx.size += pool.length;
  return pool;
}
