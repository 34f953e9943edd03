// The package's door `teemem/heap`: BGET over bytes. Files of this project import what they need from its own file.
export { attachHeap } from "./attach.ts";
export { bectl, bstatse, type ExpansionStats } from "./bectl.ts";
export { bget, bgetr, bgetz } from "./bget.ts";
export { bpool } from "./bpool.ts";
export { bpoolv } from "./bpoolv.ts";
export { brel } from "./brel.ts";
export { bstats, freeSquareSum, type HeapStats } from "./bstats.ts";
export { checkHeap, checkWalk } from "./check.ts";
export { capacity } from "./direct.ts";
export { bpoold, bufdump } from "./dump.ts";
export { forgetIndex } from "./free_index.ts";
export { type Geometry, geometryOf, type Word } from "./geometry.ts";
export { createHeap, type Expansion, HEAD, type Heap, type HeapOptions, type Lookup } from "./heap.ts";
export { createMemory, type Memory, type MemoryOptions } from "./memory.ts";
export { HeapPanic } from "./panic.ts";
export { type Block, type Damage, type Pool, type PoolWalk, walkPool } from "./walk.ts";
