// Makes a heap in one call.
import { takePool } from "../malloc/add_pool.ts";
import type { ByteHeap } from "./byte_heap.ts";
import { expectOptions, expectWhole } from "./expect.ts";
import { type GivenBytes, type GivenMemory, homeOf, LEAST, type NewBuffer, PLACE_OPTIONS } from "./home.ts";
import { createByteHeap } from "./make_heap.ts";
import { reopenFrom } from "./open_heap.ts";
import { contextOver, expectSettings, type HeapSettings, SETTINGS } from "./settings.ts";

/** Which part of the bytes is the heap's. */
export interface HeapPart {
  /**
   * Offset of the first byte that the heap may use, rounded up to a multiple of 16 (8 with words of 4 bytes). Default 0, of a
   * `memory` its end: the heap then begins with a new page.
   */
  readonly from?: number;
  /** Offset behind the last byte that the heap may use, rounded down likewise. Default: the end of the bytes. */
  readonly to?: number;
}

/** Where a new heap is, one of `size`, `bytes` and `memory`, and how it allocates. */
export type NewHeap<B extends ArrayBufferLike = ArrayBufferLike> = (NewBuffer | GivenBytes<B> | GivenMemory) &
  HeapPart &
  HeapSettings;

const OPTIONS = [...PLACE_OPTIONS, "from", "to", ...SETTINGS];

/** Makes a heap in a new buffer: `createHeap({ size: 65536 })`. A TypeError or a RangeError with the value and the rule. */
export function createHeap(options: NewBuffer & HeapPart & HeapSettings): ByteHeap<ArrayBuffer>;
/** Makes a heap in bytes that are there: `createHeap({ bytes: new SharedArrayBuffer(65536) })`. Nothing else may use its part. */
export function createHeap<B extends ArrayBufferLike>(options: GivenBytes<B> & HeapPart & HeapSettings): ByteHeap<B>;
/**
 * Makes a heap. In a `memory` of WebAssembly without `from`, it adds a page and begins there, so that it is never where a program
 * has its data.
 */
export function createHeap(options: NewHeap): ByteHeap;
export function createHeap(options: NewHeap): ByteHeap {
  expectOptions(options, "createHeap", OPTIONS);
  expectSettings(options);
  const home = homeOf(options);
  const from = options.from ?? (options.memory === undefined ? 0 : firstOf(home.extend(LEAST)));
  const { length } = home.bytes();
  const to = options.to ?? length;
  expectWhole(to, "to", 0, length);
  expectWhole(from, "from", 0, to);
  const ctx = contextOver(home.bytes(), options, false);
  if (takePool(ctx, from, to - from) === null)
    throw new RangeError(`the heap has ${to - from} bytes from ${from} to ${to}: give at least ${LEAST}`);
  return createByteHeap(ctx, home, options, reopenFrom(from));
}

function firstOf(page: number | null): number {
  if (page === null) throw new RangeError("memory is at its maximum: give from, or a memory that can grow by a page");
  return page;
}
