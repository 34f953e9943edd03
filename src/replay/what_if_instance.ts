// One heap instance during a what-if replay.
import { roundUp } from "../base/integer.ts";
import { err, ok, type Result } from "../base/result.ts";
import { bstats } from "../heap/bstats.ts";
import { forward } from "../heap/freelist.ts";
import { HEAD } from "../heap/heap.ts";
import { addPool, FIRST_POOL_MIN } from "../malloc/add_pool.ts";
import type { ContextOptions, MallocContext } from "../malloc/context.ts";
import { instanceContext, spanOf } from "./heap_instance.ts";
import type { Instance } from "./trace_columns.ts";
import type { LifeReport } from "./what_if_report.ts";

const PAGE = 4096;
const GAP = 64;
const TWO32 = 2 ** 32;

/** One heap instance while it is replayed, with its counters. */
export interface HeapInstance {
  readonly instance: Instance;
  /** Index into the trace's instances. */
  readonly index: number;
  readonly ctx: MallocContext;
  /** Offset and length of each pool, in the order in which the recording adds them. */
  readonly pools: readonly { readonly at: number; readonly length: number }[];
  peak: number;
  peakRow: number;
  failures: number;
  newFailures: number;
  rescued: number;
  recordedPeak: number;
  recordedPeakRow: number;
  recordedFailures: number;
  recordedAllocated: number;
}

/** Starts a heap instance without a pool. `pool` bytes, if given, take the place of the length of the first pool. */
export function startHeapInstance(
  instance: Instance,
  index: number,
  options: ContextOptions,
  pool?: number,
): HeapInstance {
  const { base, pools } = layOut(instance, pool);
  const length = Math.max(...pools.map((p) => p.at + p.length));
  // Pointers of 32 bits do not reach every address of a 64-bit recording. The alignment is kept up to 1 MiB.
  const reached = options.word === 4 && base + length > TWO32 - PAGE ? 0x40000000 + (base % 0x100000) : base;
  return {
    instance,
    index,
    ctx: instanceContext(reached, length, options),
    pools,
    peak: 0,
    peakRow: -1,
    failures: 0,
    newFailures: 0,
    rescued: 0,
    recordedPeak: 0,
    recordedPeakRow: -1,
    recordedFailures: 0,
    recordedAllocated: 0,
  };
}

/** Adds the next pool. A pool that is too small is an error. */
export function addNextPool({ ctx, pools }: HeapInstance): Result<null> {
  const pool = pools[ctx.poolCount];
  if (pool && addPool(ctx, pool.at, pool.length)) return ok(null);
  const least = ctx.poolCount === 0 ? FIRST_POOL_MIN : ctx.heap.geometry.header + ctx.heap.geometry.freeHeader;
  // Both ends are rounded inward, so a start between two quanta costs some bytes.
  const { quantum } = ctx.heap.geometry;
  const start = ctx.heap.memory.base + (pool?.at ?? 0);
  const lost = roundUp(start, quantum) - start;
  const why = lost === 0 ? "" : `, because its start 0x${start.toString(16)} is rounded up to a multiple of ${quantum}`;
  return err(`a pool of ${pool?.length ?? 0} bytes is too small: at least ${least + lost} bytes${why}`);
}

/** Number of blocks in the free list. */
export function countFree(ctx: MallocContext): number {
  let blocks = 0;
  for (let block = ctx.heap.headForward; block !== HEAD; block = forward(ctx.heap, block)) blocks++;
  return blocks;
}

export function reportHeapInstance(heap: HeapInstance): LifeReport {
  const { ctx, instance } = heap;
  const { allocated, free, largestFree } = bstats(ctx.heap);
  return {
    instance: instance.number,
    pool: ctx.size,
    peak: heap.peak,
    peakRow: heap.peakRow,
    failures: heap.failures,
    newFailures: heap.newFailures,
    rescued: heap.rescued,
    end: { allocated, free, largestFree, freeBlocks: countFree(ctx) },
    recorded: {
      pool: instance.pools.reduce((sum, { length }) => sum + length, 0),
      peak: heap.recordedPeak,
      peakRow: heap.recordedPeakRow,
      failures: heap.recordedFailures,
      allocated: heap.recordedAllocated,
    },
  };
}

/** Where the pools lie: as recorded, or behind one another (same place in a page) if the first has another length. */
function layOut(instance: Instance, pool: number | undefined): { base: number; pools: HeapInstance["pools"] } {
  if (pool === undefined) {
    const { base } = spanOf(instance.pools);
    return { base, pools: instance.pools.map(({ address, length }) => ({ at: address - base, length })) };
  }
  const base = instance.pools[0]?.address ?? 0;
  const pools: { at: number; length: number }[] = [];
  let end = 0;
  for (const { address, length } of instance.pools) {
    const shift = (((address - base - end) % PAGE) + PAGE) % PAGE;
    const first = pools.length === 0;
    const at = first ? 0 : end + shift;
    pools.push({ at, length: first ? pool : length });
    end = roundUp(at + (first ? pool : length) + GAP, GAP);
  }
  return { base, pools };
}
