// Makes a heap over bytes: allocates, shows what is in it, and stays when its buffer grows.
import { bstats } from "../heap/bstats.ts";
import { moveMemory } from "../heap/fast/move_memory.ts";
import { neededSize } from "../heap/needed_size.ts";
import { takePool } from "../malloc/add_pool.ts";
import { expectFields, valueText } from "../malloc/arguments.ts";
import { checkContext } from "../malloc/check.ts";
import type { MallocContext } from "../malloc/context.ts";
import { BLOCK_FIELDS } from "../malloc/foreach.ts";
import { footerSize } from "../malloc/leak_header.ts";
import * as layer from "../malloc/malloc.ts";
import { entrySize, poolsOf } from "../malloc/pools.ts";
import * as counters from "../malloc/stats.ts";
import { heapBlocks, mapOf, newLeaks } from "./blocks.ts";
import type { ByteHeap } from "./byte_heap.ts";
import { type CallSite, callerSite } from "./call_site.ts";
import { emptyHeap } from "./empty_heap.ts";
import { expectAlignment, expectList, expectPointer, expectWhole } from "./expect.ts";
import type { Home } from "./home.ts";
import { elementSize, expectKind, type ViewArray, type ViewKind } from "./kind.ts";
import { located } from "./locate.ts";
import type { SharedNames } from "./names.ts";
import type { HeapSettings } from "./settings.ts";
import { heapTurns, type TurnOptions } from "./turns.ts";
import { type BlockView, createView, roomOf, type ViewedBlock, type ViewHost, viewedBlock } from "./view.ts";

/** Columns of a map that are not asked for. */
const COLUMNS = 64;

/** Lines that a leak header can hold. */
const MOST_LINES = 0xffff;

/** Makes the object. `reopen` reads the state of the context from its bytes. Long: one entry for each thing that a heap does. */
export function createByteHeap<B extends ArrayBufferLike>(
  ctx: MallocContext,
  home: Home,
  settings: HeapSettings,
  reopen: (ctx: MallocContext) => void,
): ByteHeap<B> {
  const findsSites = settings.callSites === true;
  const watched = new Map<number, ViewedBlock>();
  const turns = heapTurns(settings.lock, () => reopen(context()));
  const context = (): MallocContext => {
    const bytes = home.bytes();
    const { memory } = ctx.heap;
    const known = memory.last + memory.geometry.word;
    if (bytes.length < known)
      throw new RangeError(`the buffer has ${bytes.length} bytes and the heap ${known}: it was made smaller`);
    if (memory.bytes !== bytes) moveMemory(ctx.heap, bytes);
    return ctx;
  };
  /** The context for what changes it. */
  const changing = (): MallocContext => {
    turns.expectTurn();
    return context();
  };
  const end = (pointer: number, what: string): void => {
    const block = watched.get(pointer);
    if (block === undefined) return;
    block.end = what;
    watched.delete(pointer);
  };
  const watch = (pointer: number): ViewedBlock => {
    const block = watched.get(pointer) ?? viewedBlock(ctx, pointer);
    watched.set(pointer, block);
    return block;
  };
  /** Who asks, where neither is given and the call stack is to say it. */
  const siteOf = (called: unknown, file: string | undefined, line: number | undefined): CallSite | undefined => {
    expectSite(file, line);
    return findsSites && file === undefined ? callerSite(called) : undefined;
  };
  /** Work after whose panic one knows which block it is about. Where speed counts, the same stands in the functions. */
  const naming = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw located(ctx, error);
    }
  };
  const release = (pointer: number, free: (ctx: MallocContext, pointer: number) => void): void => {
    expectPointer(pointer);
    changing();
    expectNotOwn(ctx, pointer);
    free(ctx, pointer);
    end(pointer, "the block was freed");
  };
  const heap: ByteHeap<B> = {
    get bytes() {
      return context().heap.memory.bytes as Uint8Array<B>;
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
      changing();
      try {
        return layer.malloc(ctx, size, site?.file ?? file, site?.line ?? line);
      } catch (error) {
        throw located(ctx, error);
      }
    },
    calloc(members, size, file, line) {
      expectWhole(members, "members");
      expectWhole(size, "size");
      const site = siteOf(heap.calloc, file, line);
      changing();
      try {
        return layer.calloc(ctx, members, size, site?.file ?? file, site?.line ?? line);
      } catch (error) {
        throw located(ctx, error);
      }
    },
    realloc(pointer, size, file, line) {
      expectPointer(pointer);
      expectWhole(size, "size");
      const site = siteOf(heap.realloc, file, line);
      changing();
      expectNotOwn(ctx, pointer);
      const moved = layer.realloc(ctx, pointer, size, site?.file ?? file, site?.line ?? line);
      if (moved !== 0) end(pointer, "the block was moved");
      return moved;
    },
    memalign(alignment, size, file, line) {
      expectAlignment(alignment);
      expectWhole(size, "size");
      const site = siteOf(heap.memalign, file, line);
      changing();
      try {
        return layer.memalign(ctx, alignment, size, site?.file ?? file, site?.line ?? line);
      } catch (error) {
        throw located(ctx, error);
      }
    },
    free: (pointer) => release(pointer, layer.free),
    freeWipe: (pointer) => release(pointer, layer.freeWipe),
    sizeOf(pointer) {
      expectPointer(pointer);
      return roomOf(context(), pointer, "sizeOf");
    },
    allocate(kind, length, file, line) {
      expectKind(kind);
      expectWhole(length, "length");
      const site = siteOf(heap.allocate, file, line);
      const pointer = heap.calloc(length, elementSize(kind), site?.file ?? file, site?.line ?? line);
      return pointer === 0 ? null : heap.view(pointer, kind, length);
    },
    view<K extends ViewKind>(pointer: number, kind: K, length?: number): BlockView<ViewArray<K, B>> {
      expectPointer(pointer);
      expectNotOwn(context(), pointer);
      return createView<K, B>(host, pointer, kind, length);
    },
    stats() {
      const { free, largestFree } = naming(() => bstats(context().heap));
      return { ...counters.getStats(ctx), free, largestFree: Math.max(0, largestFree) };
    },
    resetStats: () => counters.resetStats(context()),
    leaks(known = []) {
      expectList(known, "known", "an earlier list of leaks", (block, name) =>
        expectFields(block, name, BLOCK_FIELDS, "a block of an earlier list of leaks"),
      );
      return naming(() => newLeaks(context(), known));
    },
    check: () => checkContext(context()),
    walk: () => naming(() => heapBlocks(context())),
    map(columns = COLUMNS) {
      expectWhole(columns, "columns", 1, 4096);
      return naming(() => mapOf(context(), columns));
    },
    grow(bytes) {
      expectWhole(bytes, "bytes", 1, 2 ** 31 - 1);
      changing();
      const from = home.extend(roomFor(ctx, bytes));
      if (from === null) return null;
      const { length } = home.bytes();
      return naming(() => takePool(context(), from, length - from));
    },
    reset() {
      changing();
      naming(() => emptyHeap(ctx));
      for (const block of watched.values()) block.end = "the heap was reset";
      watched.clear();
    },
    refresh() {
      reopen(changing());
    },
    exclusive: <T>(work: () => T extends PromiseLike<unknown> ? never : T, options?: TurnOptions): T =>
      turns.run(work as () => T, options),
  };
  const host: ViewHost = { context, watch, free: heap.free };
  return heap;
}

/** The pool table is a block like others, and the heap ends with it. */
function expectNotOwn(ctx: MallocContext, pointer: number): void {
  if (pointer === ctx.table && pointer !== 0)
    throw new RangeError(`pointer is ${pointer}: that is the heap's own pool table; give what malloc returned`);
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
  if (line !== undefined) expectWhole(line, "line", 0, MOST_LINES);
}
