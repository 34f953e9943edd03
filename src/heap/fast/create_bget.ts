// Heaps that take the short ways: those that the package's entry point `teemem/heap` makes.
import type { Result } from "../../base/result.ts";
import { attachPlainHeap } from "../attach.ts";
import { createPlainHeap } from "../create_heap.ts";
import type { BuildOptions, Heap } from "../heap.ts";
import type { Pool } from "../walk.ts";
import { addFinder } from "./add_finder.ts";
import type { Lookup } from "./finder.ts";

/** What is decided when the C code is compiled, and how a free block is looked for. */
export interface HeapOptions extends BuildOptions {
  /** Default `auto`. */
  readonly lookup?: Lookup;
}

/** Makes an allocator without a pool over the given bytes; `bpool` gives it its first. The bytes are not touched. */
export function createBget(bytes: Uint8Array, options: HeapOptions = {}): Heap {
  return addFinder(createPlainHeap(bytes, options), lookupOf(options));
}

/** Opens the bytes of a heap that ran elsewhere: see `attachHeap` in ../attach.ts. */
export function attachHeap(bytes: Uint8Array, options: HeapOptions, pools: readonly Pool[]): Result<Heap> {
  const heap = attachPlainHeap(bytes, options, pools);
  if (heap.ok) addFinder(heap.value, lookupOf(options));
  return heap;
}

/** Where the whole list is added up anyway, nothing finds a block faster. */
function lookupOf({ sumsFreeList, lookup }: HeapOptions): Lookup | undefined {
  return sumsFreeList === true ? "scan" : lookup;
}
