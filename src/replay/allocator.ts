// The allocator that a trace drives.
import { bget, bgetr, bgetz } from "../heap/bget.ts";
import { bpool } from "../heap/bpool.ts";
import { bpoolv } from "../heap/bpoolv.ts";
import { brel } from "../heap/brel.ts";
import { createBget } from "../heap/fast/create_bget.ts";
import type { Heap } from "../heap/heap.ts";
import type { Pool } from "../heap/walk.ts";
import { takePool } from "../malloc/add_pool.ts";
import { createContext } from "../malloc/context.ts";
import { type Counters, zeroCounters } from "../malloc/counters.ts";
import type { HeapListener } from "../malloc/events.ts";
import { isWithinAllocated, leakLine, liveBlocks, overlapsHeap } from "../malloc/foreach.ts";
import * as layer from "../malloc/malloc.ts";
import type { FileNames } from "../malloc/names.ts";
import { poolsOf } from "../malloc/pools.ts";
import type { Size } from "../malloc/request.ts";
import { getStats, resetStats } from "../malloc/stats.ts";
import type { Release } from "../release/release.ts";
import { RELEASES } from "../release/releases.ts";
import type { Variant } from "./variant.ts";

type File = layer.File;

/** What a trace drives: the malloc layer over a heap, or the heap alone (`bare`). Offsets, 0 for NULL. */
export interface Allocator {
  readonly heap: Heap;
  /** Bytes between a block's header and the payload that was returned for it. */
  readonly front: number;
  pools(): Pool[];
  stats(): Counters;
  /** The pool as recorded with the offset of the pool table (0 if there is none), or null if refused. */
  addPool(at: number, length: number): (Pool & { readonly table: number }) | null;
  malloc(size: Size, file: File, line: number): number;
  calloc(members: Size, size: Size, file: File, line: number): number;
  realloc(pointer: number, size: Size, file: File, line: number): number;
  memalign(align: Size, size: Size, file: File, line: number): number;
  alignedAlloc(align: Size, size: Size, file: File, line: number): number;
  free(pointer: number, wipe: boolean): void;
  resetStats(): void;
  within(pointer: Size, length: Size): boolean;
  overlaps(pointer: Size, length: Size): boolean;
  /** The validator of a debug build; panics. */
  validate(): void;
  leaks(print: boolean): string[];
}

/** Builds the allocator of a variant and a release (default 4.0) over zeroed bytes. `names` are the file names of leak headers; `bare` has no listener. */
export function createAllocator(
  bytes: Uint8Array,
  v: Variant,
  names: FileNames,
  listener: HeapListener | null = null,
  release: Release = RELEASES[0],
): Allocator {
  return v.flavour === "bare" ? bareAllocator(bytes, v, release) : layeredAllocator(bytes, v, names, listener, release);
}

function layeredAllocator(
  bytes: Uint8Array,
  v: Variant,
  names: FileNames,
  listener: HeapListener | null,
  release: Release,
): Allocator {
  const ctx = createContext(bytes, {
    word: v.word,
    fit: v.fit,
    core: v.flavour === "core",
    release,
    leakHeaders: v.mdbg,
    validate: v.debug,
    names,
  });
  ctx.listener = listener;
  return {
    heap: ctx.heap,
    front: layer.extra(ctx),
    pools: () => poolsOf(ctx),
    stats: () => getStats(ctx),
    addPool(at, length) {
      const pool = takePool(ctx, at, length);
      return pool && { ...pool, table: ctx.table };
    },
    malloc: (size, file, line) => layer.malloc(ctx, size, file, line),
    calloc: (members, size, file, line) => layer.calloc(ctx, members, size, file, line),
    realloc: (pointer, size, file, line) => layer.realloc(ctx, pointer, size, file, line),
    memalign: (align, size, file, line) => layer.memalign(ctx, align, size, file, line),
    alignedAlloc: (align, size, file, line) => layer.alignedAlloc(ctx, align, size, file, line),
    free: (pointer, wipe) => (wipe ? layer.freeWipe : layer.free)(ctx, pointer),
    resetStats: () => resetStats(ctx),
    within: (pointer, length) => isWithinAllocated(ctx, pointer, length),
    overlaps: (pointer, length) => overlapsHeap(ctx, pointer, length),
    validate: () => layer.validatePools(ctx),
    leaks: (print) => {
      const blocks = liveBlocks(ctx);
      return print ? blocks.map(leakLine) : [];
    },
  };
}

function bareAllocator(bytes: Uint8Array, v: Variant, { allocator }: Release): Allocator {
  const { sumsFreeList } = allocator;
  const heap = createBget(bytes, { word: v.word, fit: v.fit, freeWipe: v.debug, sumsFreeList });
  const pools: Pool[] = [];
  const signed = (size: Size): number => Number(BigInt.asIntN(heap.geometry.bits, BigInt(size)));
  return {
    heap,
    front: 0,
    pools: () => pools,
    stats: () => ({ ...zeroCounters(), allocated: heap.allocated }),
    addPool(at, length) {
      bpool(heap, at, length);
      const pool = { at, length: length - (length % heap.geometry.quantum) };
      pools.push(pool);
      return { ...pool, table: 0 };
    },
    malloc: (size) => bget(heap, 0, 0, signed(size)),
    calloc: (members, size) => bgetz(heap, 0, 0, signed(BigInt(members) * BigInt(size))),
    realloc: (pointer, size) => bgetr(heap, pointer, 0, 0, signed(size)),
    memalign: (align, size) => bget(heap, signed(align), 0, signed(size)),
    alignedAlloc: (align, size) => bget(heap, signed(align), 0, signed(size)),
    free: (pointer, wipe) => {
      if (pointer !== 0) brel(heap, pointer, wipe);
    },
    resetStats: () => {},
    within: () => false,
    overlaps: () => false,
    validate: () => {
      if (v.debug) for (const pool of pools) bpoolv(heap, pool.at);
    },
    leaks: () => [],
  };
}
