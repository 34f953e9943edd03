// A heap as one object: what it has and does.
import type { Pool } from "../heap/walk.ts";
import type { ContextDamage } from "../malloc/check.ts";
import type { MallocContext } from "../malloc/context.ts";
import type { Counters } from "../malloc/counters.ts";
import type { LiveBlock } from "../malloc/foreach.ts";
import type { HeapBlock } from "./blocks.ts";
import type { ViewArray, ViewKind } from "./kind.ts";
import type { TurnOptions } from "./turns.ts";
import type { BlockView } from "./view.ts";

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
 * asks; leak headers keep them, lines up to 65,535. Where the heap has a `lock`, whatever allocates, frees, grows or resets
 * throws an Error outside of `exclusive`.
 */
export interface ByteHeap<B extends ArrayBufferLike = ArrayBufferLike> {
  /** All bytes that the heap lies in, as they are now. Another array after growth. */
  readonly bytes: Uint8Array<B>;
  /** What was given to the heap, in order. */
  readonly pools: readonly Pool[];
  /** The state that the functions of `teemem/malloc` take. */
  readonly context: MallocContext;
  /** File names of leak headers. `openHeap` in another thread takes them. */
  readonly files: readonly string[];
  /**
   * Allocates `size` bytes, which hold what was there before. Returns the offset of the payload, 0 if no free block is large
   * enough. 0 bytes become 1.
   */
  malloc(size: number, file?: string, line?: number): number;
  /** Allocates `members` times `size` bytes, all 0. Returns 0 if no free block is large enough. */
  calloc(members: number, size: number, file?: string, line?: number): number;
  /**
   * Moves a block to a new one of `size` bytes, always to another place. Returns 0, the old one untouched, if no free block is
   * large enough. 0 as `pointer` allocates. What is added is zeroed by default (OP-TEE's TAs until 4.5).
   */
  realloc(pointer: number, size: number, file?: string, line?: number): number;
  /** Allocates at an address that is a multiple of `alignment`, a power of two. Returns 0 if no free block is large enough. */
  memalign(alignment: number, size: number, file?: string, line?: number): number;
  /** Frees a block; 0 is ignored. A RangeError for the heap's own pool table. */
  free(pointer: number): void;
  /** Frees a block and fills it with 0x55. */
  freeWipe(pointer: number): void;
  /** Bytes of a payload: those asked for with leak headers, else all that its block has. */
  sizeOf(pointer: number): number;
  /** Allocates zeroed elements, as a typed array that knows its block. Null if no free block is large enough. */
  allocate<K extends ViewKind>(
    kind: K,
    length: number,
    file?: string,
    line?: number,
  ): BlockView<ViewArray<K, B>> | null;
  /**
   * A typed array over a live block: `length` elements, or all that it holds. Each view is an object of its own; one that is
   * dropped frees nothing.
   */
  view<K extends ViewKind>(pointer: number, kind: K, length?: number): BlockView<ViewArray<K, B>>;
  /** The counters, and what is free. */
  stats(): HeapFigures;
  /** Sets the counters of failures and the maximum to 0. */
  resetStats(): void;
  /**
   * Live blocks without the heap's own and without those of an earlier list. Without leak headers their file is `unknown`. With
   * them, a damaged header, footer or link is a HeapPanic: call `check` first where a program may have written out of bounds.
   */
  leaks(known?: readonly LiveBlock[]): LiveBlock[];
  /**
   * What is damaged, nearest to the cause first; empty while nothing is. Looks at headers, links, footers and counters, and never
   * throws for what it finds. `describeDamage` makes a line of it.
   */
  check(): ContextDamage[];
  /** All blocks in address order, pool by pool, the heap's own among them. */
  walk(): HeapBlock[];
  /** A line of characters for each pool: `#` allocated, `.` free, `+` both. */
  map(columns?: number): string;
  /**
   * Grows the buffer or memory, and adds what is new as one more pool, in which a block of `bytes` fits. Views and offsets stay
   * valid. Null where the limit is reached; a TypeError where the bytes cannot grow.
   */
  grow(bytes: number): Pool | null;
  /**
   * Frees everything at once: the pools are as when they were added, and all views of this heap object have ended. Takes as long as
   * there are pools and views, whatever the number of blocks. The maximum and the failures go on: see `resetStats`.
   */
  reset(): void;
  /**
   * Reads the state anew from the bytes, after another thread allocated or freed. Throws a HeapPanic where no heap can be read from
   * them, as `openHeap` returns an error; what else is damaged is left to `check`.
   */
  refresh(): void;
  /**
   * Runs work while no other thread runs its own, and before that reads anew what others changed. Needs `lock`. The work is not
   * async: a TypeError. An Error whose name is `TimeoutError` where another thread has the heap for longer than `timeout`.
   */
  exclusive<T>(work: () => T extends PromiseLike<unknown> ? never : T, options?: TurnOptions): T;
}
