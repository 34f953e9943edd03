/**
 * BGET, the allocator below malloc, over bytes: words of 4 and 8 bytes, both fits, walker, checker and dumps.
 *
 * ```ts
 * import { bget, bpool, brel, bstats, createBget } from "teemem/heap";
 *
 * const heap = createBget(new Uint8Array(1024), { word: 4, fit: "best" });
 * bpool(heap, 0, 1024);
 * const buffer = bget(heap, 0, 0, 200);
 * brel(heap, buffer, false);
 * console.log(bstats(heap).largestFree);
 * ```
 *
 * @module teemem/heap
 */
// Files of this project import what they need from its own file.
export { bectl } from "./bectl.ts";
export { bget, bgetr, bgetz } from "./bget.ts";
export { bpool } from "./bpool.ts";
export { bpoold } from "./bpoold.ts";
export { bpoolv } from "./bpoolv.ts";
export { brel } from "./brel.ts";
export { bstats, freeSquareSum, type HeapStats } from "./bstats.ts";
export { bstatse, type ExpansionStats } from "./bstatse.ts";
export { bufdump } from "./bufdump.ts";
export { checkHeap, checkWalk } from "./check.ts";
export { capacity } from "./direct.ts";
export { checkIndex } from "./fast/check_index.ts";
export { attachHeap, createBget, type HeapOptions } from "./fast/create_bget.ts";
export { forgetIndex, type Lookup } from "./fast/finder.ts";
export { type Geometry, geometryOf, type Word } from "./geometry.ts";
export { type BuildOptions, type Expansion, type Finder, HEAD, type Heap } from "./heap.ts";
export { createMemory, type Memory, type MemoryOptions } from "./memory.ts";
export { HeapPanic, type PanicDetails } from "./panic.ts";
export { type Block, type Damage, type Pool, type PoolWalk, walkPool } from "./walk.ts";
