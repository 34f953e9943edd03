// Makes a heap in one call.
import { takePool } from "../malloc/add_pool.ts";
import { type ByteHeap, createByteHeap } from "./byte_heap.ts";
import { expectOptions, expectWhole } from "./expect.ts";
import { type HeapPlace, homeOf } from "./home.ts";
import { reopenFrom } from "./open_heap.ts";
import { contextOver, expectSettings, type HeapSettings } from "./settings.ts";

/** Where a new heap is and how it allocates. */
export interface NewHeap extends HeapPlace, HeapSettings {
  /** Offset of the first byte that the heap may use. Default 0, of a `memory` its end: the heap then begins with a new page. */
  readonly from?: number;
  /** Offset behind the last byte that the heap may use. Default: the end of the bytes. */
  readonly to?: number;
}

/** OP-TEE's least for a first pool. */
const LEAST = 1024;

/**
 * Makes a heap: `createHeap({ size: 65536 })`. In a `memory` of WebAssembly without `from`, it adds a page and begins there, so that
 * it is never where a program has its data. A TypeError or a RangeError with the value and the rule for options that do not fit.
 */
export function createHeap(options: NewHeap): ByteHeap {
  expectOptions(options, "options");
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
