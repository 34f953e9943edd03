// Typed arrays over a block that know whether the block is still there.
import { isSentinel, sizeOf } from "../heap/block.ts";
import { HeapPanic } from "../heap/panic.ts";
import { valueText } from "../malloc/arguments.ts";
import type { MallocContext } from "../malloc/context.ts";
import { damagedPart, readLeakHeader } from "../malloc/leak_header.ts";
import { extra } from "../malloc/malloc.ts";
import { expectWhole } from "./expect.ts";

/** A typed array, of any kind. */
export type ViewArray = ArrayBufferView & { readonly length: number };

/** The constructor of a kind of typed array, such as `Float32Array`. */
export interface ViewKind<A extends ViewArray> {
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A;
}

/** A typed array over a block. */
export interface BlockView<A extends ViewArray> {
  /** Offset of the block's payload: what `malloc` returned. */
  readonly pointer: number;
  /** Elements. */
  readonly length: number;
  /** True once the block was freed or moved. */
  readonly freed: boolean;
  /**
   * The elements. Ask for it anew after anything that can grow the heap: the array is another one then. Throws a `HeapPanic` once
   * the block was freed or moved.
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
}

/** What a view asks of its heap. */
interface ViewHost {
  /** The context, over the bytes as they are now. */
  context(): MallocContext;
  watch(pointer: number): ViewedBlock;
  free(pointer: number): void;
}

/** Makes a view of `length` elements; all that the block holds if not given. */
export function createView<A extends ViewArray>(
  host: ViewHost,
  pointer: number,
  kind: ViewKind<A>,
  length?: number,
): BlockView<A> {
  expectKind(kind);
  const each = kind.BYTES_PER_ELEMENT;
  const room = roomOf(host.context(), pointer);
  if (pointer % each !== 0)
    throw new RangeError(`pointer is ${pointer}: elements of ${kind.name} lie at multiples of ${each}`);
  const elements = length ?? Math.floor(room / each);
  expectWhole(elements, "length", 0, Math.floor(room / each));
  const block = host.watch(pointer);
  let array: A | null = null;
  const view = {
    pointer,
    length: elements,
    get freed() {
      return block.end !== null;
    },
    get array() {
      const { bytes } = expectLive(host, block, pointer, elements * each).heap.memory;
      // Compared by buffer: one that grew in its place keeps its arrays.
      if (array === null || array.buffer !== bytes.buffer)
        array = new kind(bytes.buffer, bytes.byteOffset + pointer, elements);
      return array;
    },
    free() {
      if (block.end === null) host.free(pointer);
    },
    [Symbol.dispose]: () => view.free(),
  };
  return view;
}

/** Throws unless the value is the constructor of a typed array. */
export function expectKind(kind: ViewKind<ViewArray>): void {
  if (typeof kind !== "function" || !(kind.BYTES_PER_ELEMENT > 0))
    throw new TypeError(`kind is ${valueText(kind)}: give a typed array's constructor, such as Float32Array`);
}

/**
 * Bytes of the payload at an offset: those asked for where a leak header says so, else all that its block has. Panics where no
 * live block begins.
 */
export function roomOf(ctx: MallocContext, pointer: number): number {
  const { memory, geometry } = ctx.heap;
  const front = extra(ctx);
  const block = pointer - front - geometry.header;
  const isHeader = block >= 0 && (memory.base + block) % geometry.quantum === 0 && block <= memory.lastHeader;
  const size = isHeader && !isSentinel(memory, block) ? -sizeOf(memory, block) : 0;
  if (!(size >= geometry.freeHeader && block + size <= memory.lastHeader))
    throw new HeapPanic("view", pointer, "no live block begins here");
  if (front === 0) return size - geometry.header;
  const header = pointer - front;
  if (damagedPart(memory, header, ctx.leakFields) === "header")
    throw new HeapPanic("view", pointer, "no live block begins here, or its leak header is damaged");
  return Math.min(readLeakHeader(memory, header, ctx.leakFields).size, size - geometry.header - front);
}

/** The context, if the block is still there: by what this heap was told, and by the block's header. */
function expectLive(host: ViewHost, block: ViewedBlock, pointer: number, bytes: number): MallocContext {
  if (block.end !== null) throw new HeapPanic("view", pointer, block.end);
  const ctx = host.context();
  if (roomOf(ctx, pointer) < bytes) throw new HeapPanic("view", pointer, "the block is not the one that was viewed");
  return ctx;
}
