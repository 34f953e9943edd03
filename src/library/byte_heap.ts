// A heap as one object: allocates, shows what is in it, and stays when its buffer grows.
import { bstats } from "../heap/bstats.ts";
import { moveMemory } from "../heap/fast/move_memory.ts";
import { neededSize } from "../heap/needed_size.ts";
import type { Pool } from "../heap/walk.ts";
import { takePool } from "../malloc/add_pool.ts";
import { valueText } from "../malloc/arguments.ts";
import { type ContextDamage, checkContext } from "../malloc/check.ts";
import type { MallocContext } from "../malloc/context.ts";
import type { Counters } from "../malloc/counters.ts";
import type { LiveBlock } from "../malloc/foreach.ts";
import { footerSize } from "../malloc/leak_header.ts";
import * as layer from "../malloc/malloc.ts";
import { entrySize, poolsOf } from "../malloc/pools.ts";
import * as counters from "../malloc/stats.ts";
import { type HeapBlock, heapBlocks, mapOf, newLeaks } from "./blocks.ts";
import { type CallSite, callerSite } from "./call_site.ts";
import { expectAlignment, expectWhole } from "./expect.ts";
import type { Home } from "./home.ts";
import type { SharedNames } from "./names.ts";
import type { HeapSettings } from "./settings.ts";
import { createExclusive } from "./turns.ts";
import {
  type BlockView,
  createView,
  expectKind,
  roomOf,
  type ViewArray,
  type ViewedBlock,
  type ViewKind,
} from "./view.ts";

/** The counters of a heap, and what is free. Bytes, but `failures`. */
export interface HeapFigures extends Counters {
  /** Bytes in free blocks, headers included. */
  readonly free: number;
  /** The largest free block, header included; 0 if there is none. */
  readonly largestFree: number;
}

/**
 * A heap in bytes. Pointers are offsets into `bytes`; 0 is NULL. A wrong argument is a TypeError or a RangeError with the value
 * and the rule; a pointer that cannot be freed, and damage, is a `HeapPanic` that names the block. `file` and `line` say who
 * asks; leak headers keep them.
 */
export interface ByteHeap {
  /** All bytes that the heap lies in, as they are now. Another array after growth. */
  readonly bytes: Uint8Array;
  /** What was given to the heap, in order. */
  readonly pools: readonly Pool[];
  /** The state that the functions of `teemem/malloc` take. */
  readonly context: MallocContext;
  /** File names of leak headers. `openHeap` in another thread takes them. */
  readonly files: readonly string[];
  /** Allocates `size` bytes. Returns the offset of the payload, 0 if no free block is large enough. 0 bytes become 1. */
  malloc(size: number, file?: string, line?: number): number;
  /** Allocates `members` times `size` bytes, all 0. Returns 0 if no free block is large enough. */
  calloc(members: number, size: number, file?: string, line?: number): number;
  /** Moves a block to a new one of `size` bytes. Returns 0, the old one untouched, if no free block is large enough. */
  realloc(pointer: number, size: number, file?: string, line?: number): number;
  /** Allocates at an address that is a multiple of `alignment`, a power of two. Returns 0 if no free block is large enough. */
  memalign(alignment: number, size: number, file?: string, line?: number): number;
  /** Frees a block; 0 is ignored. */
  free(pointer: number): void;
  /** Frees a block and fills it with 0x55. */
  freeWipe(pointer: number): void;
  /** Bytes of a payload: those asked for with leak headers, else all that its block has. */
  sizeOf(pointer: number): number;
  /** Allocates zeroed elements, as a typed array that knows its block. Null if no free block is large enough. */
  allocate<A extends ViewArray>(kind: ViewKind<A>, length: number, file?: string, line?: number): BlockView<A> | null;
  /** A typed array over a live block: `length` elements, or all that it holds. */
  view<A extends ViewArray>(pointer: number, kind: ViewKind<A>, length?: number): BlockView<A>;
  /** The counters, and what is free. */
  stats(): HeapFigures;
  /** Sets the counters of failures and the maximum to 0. */
  resetStats(): void;
  /** Live blocks without the heap's own and without those of an earlier list. Without leak headers their file is `unknown`. */
  leaks(known?: readonly LiveBlock[]): LiveBlock[];
  /** What is damaged, nearest to the cause first; empty while nothing is. `describeDamage` makes a line of it. */
  check(): ContextDamage[];
  /** All blocks in address order, pool by pool. */
  walk(): HeapBlock[];
  /** A line of characters for each pool: `#` allocated, `.` free, `+` both. */
  map(columns?: number): string;
  /**
   * Grows the buffer or memory, and adds what is new as one more pool, in which a block of `bytes` fits. Views and offsets stay
   * valid. Null where the limit is reached; a TypeError where the bytes cannot grow.
   */
  grow(bytes: number): Pool | null;
  /** Reads the state anew from the bytes, after another thread allocated or freed. Throws if they are damaged. */
  refresh(): void;
  /**
   * Runs work while no other thread runs its own, and before that reads anew what others changed. Needs `lock`. The work is not
   * async. Throws if another thread holds the heap for 10 seconds.
   */
  exclusive<T>(work: () => T): T;
}

/** Columns of a map that are not asked for. */
const COLUMNS = 64;

/** Makes the object. `reopen` reads the state of the context from its bytes. Long: one entry for each thing that a heap does. */
export function createByteHeap(
  ctx: MallocContext,
  home: Home,
  settings: HeapSettings,
  reopen: (ctx: MallocContext) => void,
): ByteHeap {
  const findsSites = settings.callSites === true;
  const watched = new Map<number, ViewedBlock>();
  const context = (): MallocContext => {
    const bytes = home.bytes();
    // Of the buffer: V8's compiled code can still have the length of an array whose buffer is gone.
    if (bytes.buffer.byteLength === 0)
      throw new TypeError("the buffer was transferred: open the heap where the buffer is now");
    if (ctx.heap.memory.bytes !== bytes) moveMemory(ctx.heap, bytes);
    return ctx;
  };
  const end = (pointer: number, what: string): void => {
    const block = watched.get(pointer);
    if (block === undefined) return;
    block.end = what;
    watched.delete(pointer);
  };
  const watch = (pointer: number): ViewedBlock => {
    const block = watched.get(pointer) ?? { end: null };
    watched.set(pointer, block);
    return block;
  };
  /** Who asks, where neither is given and the call stack is to say it. */
  const siteOf = (called: unknown, file: string | undefined, line: number | undefined): CallSite | undefined => {
    expectSite(file, line);
    return findsSites && file === undefined ? callerSite(called) : undefined;
  };
  const release = (pointer: number, free: (ctx: MallocContext, pointer: number) => void): void => {
    expectWhole(pointer, "pointer");
    free(context(), pointer);
    end(pointer, "the block was freed");
  };
  const heap: ByteHeap = {
    get bytes() {
      return context().heap.memory.bytes;
    },
    get pools() {
      return poolsOf(context());
    },
    get context() {
      return context();
    },
    files: (ctx.names as SharedNames).list,
    malloc(size, file, line) {
      expectWhole(size, "size");
      const site = siteOf(heap.malloc, file, line);
      return layer.malloc(context(), size, site?.file ?? file, site?.line ?? line);
    },
    calloc(members, size, file, line) {
      expectWhole(members, "members");
      expectWhole(size, "size");
      const site = siteOf(heap.calloc, file, line);
      return layer.calloc(context(), members, size, site?.file ?? file, site?.line ?? line);
    },
    realloc(pointer, size, file, line) {
      expectWhole(pointer, "pointer");
      expectWhole(size, "size");
      const site = siteOf(heap.realloc, file, line);
      const moved = layer.realloc(context(), pointer, size, site?.file ?? file, site?.line ?? line);
      if (moved !== 0) end(pointer, "the block was moved");
      return moved;
    },
    memalign(alignment, size, file, line) {
      expectAlignment(alignment);
      expectWhole(size, "size");
      const site = siteOf(heap.memalign, file, line);
      return layer.memalign(context(), alignment, size, site?.file ?? file, site?.line ?? line);
    },
    free: (pointer) => release(pointer, layer.free),
    freeWipe: (pointer) => release(pointer, layer.freeWipe),
    sizeOf(pointer) {
      expectWhole(pointer, "pointer");
      return roomOf(context(), pointer);
    },
    allocate(kind, length, file, line) {
      expectKind(kind);
      expectWhole(length, "length");
      const size = kind.BYTES_PER_ELEMENT;
      const site = siteOf(heap.allocate, file, line);
      const pointer = layer.calloc(context(), length, size, site?.file ?? file, site?.line ?? line);
      return pointer === 0 ? null : heap.view(pointer, kind, length);
    },
    view(pointer, kind, length) {
      expectWhole(pointer, "pointer");
      return createView({ context, watch, free: heap.free }, pointer, kind, length);
    },
    stats() {
      const { free, largestFree } = bstats(context().heap);
      return { ...counters.getStats(ctx), free, largestFree: Math.max(0, largestFree) };
    },
    resetStats: () => counters.resetStats(context()),
    leaks: (known = []) => newLeaks(context(), known),
    check: () => checkContext(context()),
    walk: () => heapBlocks(context()),
    map(columns = COLUMNS) {
      expectWhole(columns, "columns", 1, 4096);
      return mapOf(context(), columns);
    },
    grow(bytes) {
      expectWhole(bytes, "bytes", 1, 2 ** 31 - 1);
      const from = home.extend(roomFor(ctx, bytes));
      if (from === null) return null;
      const { length } = home.bytes();
      return takePool(context(), from, length - from);
    },
    refresh: () => reopen(context()),
    exclusive: createExclusive(settings.lock, () => reopen(context())),
  };
  return heap;
}

/** Bytes of a new pool in which a block of `bytes` fits, and also the pool table, which gets one more entry. */
function roomFor(ctx: MallocContext, bytes: number): number {
  const { geometry } = ctx.heap;
  const block = (payload: number): number =>
    neededSize(geometry, layer.extra(ctx), payload + (ctx.leakHeaders ? footerSize(payload) : 0));
  // A start between two quanta costs some bytes, and so does what is left of a free block, which has the size of one or more.
  const lost = geometry.quantum + 2 * geometry.freeHeader;
  return block(bytes) + block(entrySize(ctx) * (ctx.poolCount + 1)) + geometry.header + lost;
}

function expectSite(file: string | undefined, line: number | undefined): void {
  if (file !== undefined && typeof file !== "string")
    throw new TypeError(`file is ${valueText(file)}: give the name of a source file`);
  if (line !== undefined) expectWhole(line, "line");
}
