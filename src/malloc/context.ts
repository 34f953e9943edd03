// State of OP-TEE 4.0.0 lib/libutils/isoc/bget_malloc.c: an allocator, its pool table and its counters.
import { createHeap, type HeapOptions } from "../heap/fast/create_heap.ts";
import type { Heap } from "../heap/heap.ts";
import type { LeakFields } from "../release/leak_fields.ts";
import type { Release } from "../release/release.ts";
import { RELEASES } from "../release/releases.ts";
import type { Counters } from "./counters.ts";
import type { HeapListener } from "./events.ts";
import { createFileNames, type FileNames } from "./names.ts";

/** What is decided when the C code is compiled. */
export interface ContextOptions extends HeapOptions {
  /** ENABLE_MDBG: a header with file and line before each payload, a footer behind it. Default false. */
  readonly leakHeaders?: boolean;
  /** MEM_DEBUG: FreeWipe, and every operation validates all pools first. Default false. */
  readonly validate?: boolean;
  /** The release whose C code this allocator follows; default 4.0. `releaseOf` finds it by version. */
  readonly release?: Release;
  /** File of this layer in leak headers (pool table, plain entry points); default upstream's. */
  readonly names?: FileNames;
}

/** A heap with OP-TEE's malloc layer over it. */
export interface MallocContext extends Omit<Counters, "allocated"> {
  readonly heap: Heap;
  readonly leakHeaders: boolean;
  /** Where the fields of a leak header stand. */
  readonly leakFields: LeakFields;
  readonly validate: boolean;
  /** True if a payload is all there is to an operation: neither leak headers nor validation. */
  readonly plain: boolean;
  readonly names: FileNames;
  /** Offset of the pool table's payload inside the heap, 0 before the first pool. */
  table: number;
  poolCount: number;
  /** Called after every operation while set. */
  listener: HeapListener | null;
}

/** Makes an empty malloc context over the given bytes. Give it memory with `addPool`. */
export function createContext(bytes: Uint8Array, options: ContextOptions = {}): MallocContext {
  const validate = options.validate ?? false;
  const { allocator } = options.release ?? RELEASES[0];
  return {
    heap: createHeap(bytes, validate ? { ...options, freeWipe: true } : options),
    leakHeaders: options.leakHeaders ?? false,
    leakFields: allocator.leakLayout[options.word ?? 8],
    validate,
    plain: !(options.leakHeaders || validate),
    names: options.names ?? createFileNames(),
    table: 0,
    poolCount: 0,
    listener: null,
    maxAllocated: 0,
    size: 0,
    failures: 0,
    biggestFailure: 0,
    biggestFailureUsed: 0,
  };
}
