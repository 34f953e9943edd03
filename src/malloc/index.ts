/**
 * OP-TEE's malloc layer: the C functions on a context, with counters, leak headers and a listener for every operation.
 *
 * ```ts
 * import { addPool, createContext, free, getStats, malloc } from "teemem/malloc";
 *
 * const ctx = createContext(new Uint8Array(16384), { word: 8, leakHeaders: true });
 * addPool(ctx, 0, 16384);
 * const key = malloc(ctx, 256, "ta/key.c", 12);
 * free(ctx, key);
 * console.log(getStats(ctx));
 * ```
 *
 * @module teemem/malloc
 */
// Files of this project import what they need from its own file.
export { HeapPanic, type PanicDetails } from "../heap/panic.ts";
export { addPool } from "./add_pool.ts";
export { type ContextDamage, checkContext, describeDamage } from "./check.ts";
export { type ContextOptions, createContext, type MallocContext } from "./context.ts";
export { COUNTERS, type CounterName, type Counters } from "./counters.ts";
export type { HeapListener } from "./events.ts";
export { explain } from "./explain.ts";
export { isWithinAllocated, type LiveBlock, leakLine, liveBlocks, overlapsHeap } from "./foreach.ts";
export { damagedPart, type LeakHeader, leakHeaderSize, readLeakHeader, releaseOfLeakHeader } from "./leak_header.ts";
export {
  alignedAlloc,
  calloc,
  type File,
  free,
  freeWipe,
  malloc,
  memalign,
  realloc,
  reallocZeroed,
  validatePools,
} from "./malloc.ts";
export { createFileNames, type FileNames, MALLOC_FILE } from "./names.ts";
export { type HeapOp, OP, OPERATIONS } from "./operation.ts";
export { performOperation } from "./perform.ts";
export { poolsOf } from "./pools.ts";
export type { Size } from "./request.ts";
export { getStats, resetStats } from "./stats.ts";
