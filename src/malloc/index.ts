// The entry point `teemem/malloc`: OP-TEE's malloc layer. Files of this project import what they need from its own file.
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
