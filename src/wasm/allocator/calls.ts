// The malloc family of OP-TEE's libutils, on the bytes of the instance: a pointer is an address in them.
import { takePool } from "../../malloc/add_pool.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { isWithinAllocated, overlapsHeap } from "../../malloc/foreach.ts";
import {
  alignedAlloc,
  calloc,
  type File,
  free,
  freeWipe,
  malloc,
  memalign,
  realloc,
  reallocZeroed,
} from "../../malloc/malloc.ts";
import { getStats, resetStats } from "../../malloc/stats.ts";
import type { HostCall, HostCalls } from "../calls/call_env.ts";
import type { CMemory } from "../instance/memory.ts";
import type { Caller } from "./caller.ts";
import { writeStats } from "./stats_record.ts";

/** MAF_… of OP-TEE 4.10.0 malloc_flags.h. */
const FLAG = { zeroed: 1, wiped: 4 } as const;

/** The functions on the TA's own heap. `freeing` is called with each block that is about to be freed. Long: one entry for each function of C. */
export function allocatorCalls(
  memory: CMemory,
  heap: MallocContext,
  caller: Caller,
  freeing: (pointer: number) => void = () => {},
): HostCalls {
  // A library that is built with leak headers names itself: the stack knows better, where it knows.
  const at = (file: number, line: number): readonly [File, number] => {
    const [known, where] = caller();
    return typeof known === "string" || file === 0 ? [known, where] : [memory.text(file), line | 0];
  };
  const alloc = (
    flags: number,
    old: number,
    alignment: number,
    size: number,
    [file, line]: readonly [File, number],
  ) => {
    freeing(old);
    if (old !== 0 || (flags & FLAG.zeroed) !== 0) {
      const grow = (flags & FLAG.zeroed) !== 0 ? reallocZeroed : realloc;
      return grow(heap, old, size, file, line);
    }
    return alignment > 1 ? memalign(heap, alignment, size, file, line) : malloc(heap, size, file, line);
  };
  const release = (flags: number, pointer: number): void => {
    freeing(pointer);
    ((flags & FLAG.wiped) !== 0 ? freeWipe : free)(heap, pointer, ...caller());
  };
  const calls: Record<string, HostCall> = {
    malloc: (size = 0) => malloc(heap, size, ...caller()),
    calloc: (members = 0, size = 0) => calloc(heap, members, size, ...caller()),
    realloc(old = 0, size = 0) {
      freeing(old);
      return realloc(heap, old, size, ...caller());
    },
    memalign: (alignment = 0, size = 0) => memalign(heap, alignment, size, ...caller()),
    aligned_alloc: (alignment = 0, size = 0) => alignedAlloc(heap, alignment, size, ...caller()),
    malloc_flags: (flags = 0, old = 0, alignment = 0, size = 0) => alloc(flags, old, alignment, size, caller()),
    free: (pointer = 0) => release(0, pointer),
    free_wipe: (pointer = 0) => release(FLAG.wiped, pointer),
    free_flags: (flags = 0, pointer = 0) => release(flags, pointer),
    mdbg_malloc: (file = 0, line = 0, size = 0) => malloc(heap, size, ...at(file, line)),
    mdbg_calloc: (file = 0, line = 0, members = 0, size = 0) => calloc(heap, members, size, ...at(file, line)),
    mdbg_realloc(file = 0, line = 0, old = 0, size = 0) {
      freeing(old);
      return realloc(heap, old, size, ...at(file, line));
    },
    mdbg_memalign: (file = 0, line = 0, alignment = 0, size = 0) => memalign(heap, alignment, size, ...at(file, line)),
    mdbg_aligned_alloc: (file = 0, line = 0, alignment = 0, size = 0) =>
      alignedAlloc(heap, alignment, size, ...at(file, line)),
    __mdbg_alloc: (flags = 0, old = 0, alignment = 0, members = 0, size = 0, file = 0, line = 0) =>
      members > 1 || (old === 0 && alignment <= 1 && (flags & FLAG.zeroed) !== 0)
        ? calloc(heap, members, size, ...at(file, line))
        : alloc(flags, old, alignment, size, at(file, line)),
    mdbg_check: () => {},
    malloc_add_pool(start = 0, length = 0) {
      caller();
      takePool(heap, start, length);
    },
    malloc_buffer_is_within_alloced: (start = 0, length = 0) => Number(isWithinAllocated(heap, start, length)),
    malloc_buffer_overlaps_heap: (start = 0, length = 0) => Number(overlapsHeap(heap, start, length)),
    malloc_get_stats: (into = 0) => writeStats(memory, into, getStats(heap)),
    malloc_reset_stats: () => resetStats(heap),
  };
  return calls;
}
