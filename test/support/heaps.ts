// Heaps for tests.
import { sizeOf } from "../../src/heap/block.ts";
import { bpool } from "../../src/heap/bpool.ts";
import { checkHeap } from "../../src/heap/check.ts";
import { createPlainHeap } from "../../src/heap/create_heap.ts";
import { createBget } from "../../src/heap/fast/create_bget.ts";
import { forward } from "../../src/heap/freelist.ts";
import { type BuildOptions, HEAD, type Heap } from "../../src/heap/heap.ts";
import { type Pool, walkPool } from "../../src/heap/walk.ts";

/** Who makes heaps: those of the plain lines, and those with a finder, which are to do the same. */
export const WAYS = [
  { way: "plain lines", createBget: createPlainHeap },
  { way: "short ways", createBget },
];

/** A heap without the malloc layer, with one pool. */
export interface BareHeap {
  readonly h: Heap;
  readonly pool: Pool;
  /** `a` or `f` and the size of each block, in units of the quantum: `f30 a2`. */
  map(): string;
  /** Offsets of the free blocks in the order of the list. */
  list(): number[];
  /** What the checker finds. */
  check(): string[];
}

/** Makes a heap with a pool of `quanta` quanta (sentinel included) at one quantum. */
export function bareHeap(quanta: number, options: BuildOptions = {}, make = createPlainHeap): BareHeap {
  const q = options.word === 4 ? 8 : 16;
  const h = make(new Uint8Array((quanta + 2) * q), options);
  const pool = { at: q, length: quanta * q };
  bpool(h, pool.at, pool.length);
  return {
    h,
    pool,
    map: () =>
      walkPool(h.memory, pool)
        .blocks.map(({ size, free }) => `${free ? "f" : "a"}${size / q}`)
        .join(" "),
    list: () => freeList(h),
    check: () => checkHeap(h, [pool]).map(({ at, what }) => `${at}: ${what}`),
  };
}

/** Offsets of the free blocks from the list head. */
export function freeList(h: Heap): number[] {
  const list: number[] = [];
  for (let node = h.headForward; node !== HEAD; node = forward(h, node)) list.push(node);
  return list;
}

/** Size of the block of a buffer, in bytes. */
export function blockSize(h: Heap, buffer: number): number {
  return -sizeOf(h.memory, buffer - h.geometry.header);
}
