/**
 * A heap in one call: in any buffer, with typed-array views, leak lists, a checker, growth, and threads that share it.
 *
 * ```ts
 * import { createHeap, leakLine } from "teemem";
 *
 * const heap = createHeap({ size: 65536, callSites: true });
 * const samples = heap.allocate(Float32Array, 1000);
 * samples?.array.fill(0.5);
 * for (const block of heap.leaks()) console.log(leakLine(block));
 * ```
 *
 * @module teemem
 */
// Files of this project import what they need from its own file.
export type { Result } from "../base/result.ts";
export { HeapPanic, type PanicDetails } from "../heap/panic.ts";
export type { Damage, Pool } from "../heap/walk.ts";
export { type ContextDamage, describeDamage } from "../malloc/check.ts";
export type { MallocContext } from "../malloc/context.ts";
export type { Counters } from "../malloc/counters.ts";
export { type LiveBlock, leakLine } from "../malloc/foreach.ts";
export type { Release } from "../release/release.ts";
export type { HeapBlock } from "./blocks.ts";
export type { ByteHeap, HeapFigures } from "./byte_heap.ts";
export { createHeap, type HeapPart, type NewHeap } from "./create_heap.ts";
export type { GivenBytes, GivenMemory, NewBuffer, PagedMemory } from "./home.ts";
export type { ViewArray, ViewKind } from "./kind.ts";
export { type ExistingHeap, type OpenSettings, openHeap } from "./open_heap.ts";
export type { HeapSettings } from "./settings.ts";
export type { TurnOptions } from "./turns.ts";
export type { BlockView } from "./view.ts";
