// The entry point `teemem/heap`: BGET over bytes. Files of this project
// import what they need from its own file.
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
