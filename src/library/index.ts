// The entry point `teemem`: a heap in one call. Files of this project import what they need from its own file.
export { HeapPanic } from "../heap/panic.ts";
export type { Pool } from "../heap/walk.ts";
export { type ContextDamage, describeDamage } from "../malloc/check.ts";
export { type LiveBlock, leakLine } from "../malloc/foreach.ts";
export type { HeapBlock } from "./blocks.ts";
export type { ByteHeap, HeapFigures } from "./byte_heap.ts";
export { createHeap, type NewHeap } from "./create_heap.ts";
export type { HeapPlace, PagedMemory } from "./home.ts";
export { type ExistingHeap, openHeap } from "./open_heap.ts";
export type { HeapSettings } from "./settings.ts";
export type { BlockView, ViewArray, ViewKind } from "./view.ts";
