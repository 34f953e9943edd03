// The raw_malloc family: contexts that a TA makes beside its heap, as for memory that is never shared (TA_NO_SHARE).
import { takePool } from "../../malloc/add_pool.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { isWithinAllocated, overlapsHeap } from "../../malloc/foreach.ts";
import { calloc, free, freeWipe, malloc, memalign, realloc } from "../../malloc/malloc.ts";
import { getStats } from "../../malloc/stats.ts";
import { TaPanic } from "../../tee/kernel/panic.ts";
import type { HostCall, HostCalls } from "../calls/call_env.ts";
import type { CMemory } from "../instance/memory.ts";
import { writeStats } from "./stats_record.ts";

/** sizeof(struct malloc_ctx), by the bytes of a pointer. */
const CONTEXT_BYTES = { 8: 152, 4: 104 } as const;

/**
 * The functions on contexts by the address of their struct malloc_ctx. Headers and footers of the caller's own are asked for
 * by nobody but the malloc layer itself, and stand behind the payload here.
 */
export function rawCalls(memory: CMemory, create: () => MallocContext): HostCalls {
  const contexts = new Map<number, MallocContext>();
  const known = (at: number): MallocContext => {
    const context = contexts.get(at);
    if (context === undefined) throw new TaPanic(0, `there is no malloc context at 0x${at.toString(16)}`);
    return context;
  };
  const calls: Record<string, HostCall> = {
    raw_malloc_get_ctx_size: () => CONTEXT_BYTES[memory.word],
    raw_malloc_init_ctx(at = 0) {
      memory.bytes(at, CONTEXT_BYTES[memory.word]).fill(0);
      contexts.set(at, create());
    },
    raw_malloc_add_pool: (at = 0, start = 0, length = 0) => void takePool(known(at), start, length),
    raw_malloc: (head = 0, foot = 0, size = 0, at = 0) => malloc(known(at), head + foot + size),
    raw_calloc: (head = 0, foot = 0, members = 0, size = 0, at = 0) =>
      head + foot === 0 ? calloc(known(at), members, size) : calloc(known(at), 1, head + foot + members * size),
    raw_realloc: (old = 0, head = 0, foot = 0, size = 0, at = 0) => realloc(known(at), old, head + foot + size),
    raw_memalign: (head = 0, foot = 0, alignment = 0, size = 0, at = 0) =>
      memalign(known(at), alignment, head + foot + size),
    raw_free: (pointer = 0, at = 0, wipe = 0) => (wipe === 0 ? free : freeWipe)(known(at), pointer),
    raw_malloc_buffer_overlaps_heap: (at = 0, start = 0, length = 0) => Number(overlapsHeap(known(at), start, length)),
    raw_malloc_buffer_is_within_alloced: (at = 0, start = 0, length = 0) =>
      Number(isWithinAllocated(known(at), start, length)),
    raw_malloc_get_stats: (at = 0, into = 0) => writeStats(memory, into, getStats(known(at))),
  };
  return calls;
}
