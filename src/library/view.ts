// Typed arrays over a block that know whether the block is still there.
// The types of users without that library need it, for Symbol.dispose.
/// <reference lib="esnext.disposable" preserve="true" />
import { isSentinel, sizeOf } from "../heap/block.ts";
import { HeapPanic } from "../heap/panic.ts";
import type { MallocContext } from "../malloc/context.ts";
import { explained } from "../malloc/explain.ts";
import { damagedPart, readLeakHeader } from "../malloc/leak_header.ts";
import { extra } from "../malloc/malloc.ts";
import { placeAt } from "../malloc/place.ts";
import { siteAt } from "../malloc/site.ts";
import { expectWhole } from "./expect.ts";
import { arrayOver, elementSize, expectKind, type ViewArray, type ViewKind } from "./kind.ts";

/** A typed array over a block, or a `DataView`. */
export interface BlockView<A extends ArrayBufferView = ArrayBufferView> {
  /** Offset of the block's payload: what `malloc` returned. */
  readonly pointer: number;
  /** Elements; of a `DataView` bytes. */
  readonly length: number;
  /** True once the block was freed or moved through this heap object. What another thread frees is not known here. */
  readonly freed: boolean;
  /**
   * The elements. Ask for it anew after anything that can grow the heap: the array is another one then. Throws a `HeapPanic` once
   * the block was freed or moved, also by another thread: where it was freed, no block begins here any more, or a smaller one.
   */
  readonly array: A;
  /** Frees the block. With `using`, the end of the scope does it. Does nothing if the block was freed. */
  free(): void;
  /** What `using` calls: `free`. */
  [Symbol.dispose](): void;
}

/** A block that is looked at: alive until it is freed through its heap. */
export interface ViewedBlock {
  /** How the block ended; null while it lives. */
  end: string | null;
  /** `file:line` of who allocated it, null where no leak header says so. */
  readonly site: string | null;
}

/** What a view asks of its heap. */
export interface ViewHost {
  /** The context, over the bytes as they are now. */
  context(): MallocContext;
  watch(pointer: number): ViewedBlock;
  free(pointer: number): void;
}

/** Makes a view of `length` elements; all that the block holds if not given. */
export function createView<K extends ViewKind, B extends ArrayBufferLike>(
  host: ViewHost,
  pointer: number,
  kind: K,
  length?: number,
): BlockView<ViewArray<K, B>> {
  expectKind(kind);
  const each = elementSize(kind);
  const room = roomOf(host.context(), pointer, "view");
  if (pointer % each !== 0)
    throw new RangeError(`pointer is ${pointer}: elements of ${kind.name} lie at multiples of ${each}`);
  const elements = length ?? Math.floor(room / each);
  expectWhole(elements, "length", 0, Math.floor(room / each));
  return new LiveView<K, B>(host, host.watch(pointer), pointer, elements, kind);
}

/** A class: with functions of its own each view would take several times the memory. */
class LiveView<K extends ViewKind, B extends ArrayBufferLike> implements BlockView<ViewArray<K, B>> {
  readonly pointer: number;
  readonly length: number;
  readonly #host: ViewHost;
  readonly #block: ViewedBlock;
  readonly #kind: K;
  #array: ViewArray<K, B> | null = null;

  constructor(host: ViewHost, block: ViewedBlock, pointer: number, length: number, kind: K) {
    this.pointer = pointer;
    this.length = length;
    this.#host = host;
    this.#block = block;
    this.#kind = kind;
  }

  get freed(): boolean {
    return this.#block.end !== null;
  }

  get array(): ViewArray<K, B> {
    const { pointer, length } = this;
    const { bytes } = expectLive(this.#host, this.#block, pointer, length * elementSize(this.#kind)).heap.memory;
    // Compared by buffer: one that grew in its place keeps its arrays.
    if (this.#array === null || this.#array.buffer !== bytes.buffer)
      this.#array = arrayOver(this.#kind, bytes.buffer as B, bytes.byteOffset + pointer, length);
    return this.#array;
  }

  free(): void {
    if (this.#block.end === null) this.#host.free(this.pointer);
  }

  [Symbol.dispose](): void {
    this.free();
  }
}

/** How a block that is looked at now begins: alive. */
export function viewedBlock(ctx: MallocContext, pointer: number): ViewedBlock {
  return { end: null, site: siteAt(ctx, pointer - extra(ctx) - ctx.heap.geometry.header) };
}

/**
 * Bytes of the payload at an offset: those asked for where a leak header says so, else all that its block has. Panics in the name
 * of `func` where no live block begins.
 */
export function roomOf(ctx: MallocContext, pointer: number, func: string): number {
  const { memory, geometry } = ctx.heap;
  const front = extra(ctx);
  const block = pointer - front - geometry.header;
  const isHeader = block >= 0 && (memory.base + block) % geometry.quantum === 0 && block <= memory.lastHeader;
  const size = isHeader && !isSentinel(memory, block) ? -sizeOf(memory, block) : 0;
  if (!(size >= geometry.freeHeader && block + size <= memory.lastHeader)) refuse(ctx, func, pointer, NO_BLOCK);
  if (front === 0) return size - geometry.header;
  const header = pointer - front;
  if (damagedPart(memory, header, ctx.leakFields) === "header")
    refuse(ctx, func, pointer, `${NO_BLOCK}, or its leak header is damaged`);
  return Math.min(readLeakHeader(memory, header, ctx.leakFields).size, size - geometry.header - front);
}

/** The context, if the block is still there: by what this heap was told, and by the block's header. */
function expectLive(host: ViewHost, block: ViewedBlock, pointer: number, bytes: number): MallocContext {
  const ctx = host.context();
  if (block.end !== null) refuseViewed(ctx, block, pointer, block.end);
  if (roomOf(ctx, pointer, "view") < bytes)
    refuseViewed(ctx, block, pointer, "the block is not the one that was viewed");
  return ctx;
}

const NO_BLOCK = "no live block begins here";

function refuse(ctx: MallocContext, func: string, pointer: number, what: string): never {
  throw explained(ctx, new HeapPanic(func, pointer, what), pointer);
}

/** What is there now may be the block of somebody else: the message has whose it was. */
function refuseViewed(ctx: MallocContext, { site }: ViewedBlock, pointer: number, what: string): never {
  const { base } = ctx.heap.memory;
  const explanation = `pointer ${placeAt(base, pointer)}${site === null ? "" : `, allocated from ${site}`}`;
  throw new HeapPanic("view", pointer, what, { pointer, address: base + pointer, site, explanation });
}
