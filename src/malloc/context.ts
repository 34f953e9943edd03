// State of OP-TEE lib/libutils/isoc/bget_malloc.c: an allocator, its pool table and its counters.
import { createBget, type HeapOptions } from "../heap/fast/create_bget.ts";
import type { Heap } from "../heap/heap.ts";
import type { PlainLines } from "../release/allocator_rules.ts";
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
  /** The release whose C code this allocator follows; default 4.0. `releaseOf` of `teemem/release` finds it by version. */
  readonly release?: Release;
  /** Compiled for the core (`__KERNEL__`): no realloc zeroes what it adds. Default false, a TA's. */
  readonly core?: boolean;
  /** File of this layer in leak headers (pool table, plain entry points); default upstream's. */
  readonly names?: FileNames;
}

/** A heap with OP-TEE's malloc layer over it. */
export interface MallocContext extends Omit<Counters, "allocated"> {
  readonly heap: Heap;
  readonly leakHeaders: boolean;
  /** Where the fields of a leak header stand. */
  readonly leakFields: LeakFields;
  /** Lines of this layer's own file in leak headers. */
  readonly lines: PlainLines;
  /** What `reallocZeroed` adds is zeroed, and so is all of what it just allocates: a function of its own in C. */
  readonly hasMallocFlags: boolean;
  readonly checksAligned: boolean;
  readonly validatesFirst: boolean;
  /** A release asserts first that the block's size leaves room for a payload. */
  readonly checksSize: boolean;
  readonly validate: boolean;
  /** True if a payload is all there is to an operation: neither leak headers nor validation. */
  readonly plain: boolean;
  readonly names: FileNames;
  /** Offset of the pool table's payload inside the heap, 0 before the first pool. */
  table: number;
  poolCount: number;
  /** Called after every operation while set. */
  listener: HeapListener | null;
  /** Call stack of the operation that is done, as `writeCallStack` has it; empty where no more than a call site is known. */
  stack: string;
  /** Who the listeners are told instead of who called: on whose behalf it is done. Null for nobody else. */
  behalf: { readonly file: string | null; readonly line: number } | null;
}

/** Makes an empty malloc context over the given bytes. Give it memory with `addPool`. */
export function createContext(bytes: Uint8Array, options: ContextOptions = {}): MallocContext {
  const validate = options.validate ?? false;
  const core = options.core ?? false;
  const { allocator } = options.release ?? RELEASES[0];
  const { sumsFreeList, zeroesRealloc, checksSize } = allocator;
  return {
    heap: createBget(bytes, {
      zeroGrown: !core && zeroesRealloc,
      sumsFreeList,
      ...options,
      ...(validate ? { freeWipe: true } : {}),
    }),
    leakHeaders: options.leakHeaders ?? false,
    leakFields: allocator.leakLayout[options.word ?? 8],
    lines: allocator.lines,
    hasMallocFlags: allocator.hasMallocFlags,
    checksAligned: allocator.checksAligned,
    validatesFirst: allocator.validatesFirst,
    checksSize: checksSize === "everywhere" || (core && checksSize === "core"),
    validate,
    plain: !(options.leakHeaders || validate),
    names: options.names ?? createFileNames(),
    table: 0,
    poolCount: 0,
    listener: null,
    stack: "",
    behalf: null,
    maxAllocated: 0,
    size: 0,
    failures: 0,
    biggestFailure: 0,
    biggestFailureUsed: 0,
  };
}
