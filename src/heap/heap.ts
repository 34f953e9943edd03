// State of one allocator, as OP-TEE 4.0.0 lib/libutils/isoc/bget.c keeps it in its pool set.

import { roundDown } from "../base/integer.ts";
import type { Geometry, Word } from "./geometry.ts";
import type { Memory } from "./memory.ts";

/** The list head as a link target; never an offset. */
export const HEAD = -1;

/** What is decided when the C code is compiled. */
export interface BuildOptions {
  /** 8 for aarch64 (default), 4 for arm. */
  readonly word?: Word;
  /** Default first fit. `best` is upstream's CFG_CORE_BGET_BESTFIT. */
  readonly fit?: "first" | "best";
  /** FreeWipe: fills what is freed, and new pools, with 0x55. Default false. */
  readonly freeWipe?: boolean;
  /** A growing reallocation zeroes the added part, as in TAs (not in the core). Default true. */
  readonly zeroGrown?: boolean;
  /**
   * Every change of the free list adds up the squared sizes of its blocks and asserts that they are as counted, as upstream
   * does since 4.6. Damage is met earlier, and each operation takes as long as the list. Default false.
   */
  readonly sumsFreeList?: boolean;
  /** Address of the first byte of the memory, default 0x40000000. */
  readonly base?: number;
  /** Address that links to the list head hold, default 0x0f000000. */
  readonly headAddress?: number;
}

/** How pools come and go by themselves: BGET's `bectl`. All sizes in bytes. */
export interface Expansion {
  /** Called with the size that found no room and how often it was called for it; true means try again. */
  readonly compact: ((size: number, sequence: number) => boolean) | null;
  /** Returns the offset of `size` new bytes in the same memory, aligned to the quantum, or 0. */
  readonly acquire: ((size: number) => number) | null;
  /**
   * Takes back what `acquire` gave: direct blocks, and empty pools while all pools have the size of an expansion pool (then
   * also one that `bpool` was given).
   */
  readonly release: ((at: number) => void) | null;
  /** Bytes of one expansion pool, rounded down to the quantum. What does not fit one is acquired directly. */
  readonly increment: number;
}

/** Finds free blocks faster than a search that looks at one after the other, and finds the same. `fast/` makes them. */
export interface Finder {
  /** Allocates `size` bytes, headers included, as `bget` does without a finder. */
  take(h: Heap, align: number, extra: number, size: number): number;
  /** Releases as `brel` does without a finder. */
  release(h: Heap, buffer: number, wipe: boolean): void;
  /** A free block of `from` bytes now has `to` bytes. 0 for `from`: it enters the list at its tail; 0 for `to`: it leaves. */
  changed(h: Heap, block: number, from: number, to: number): void;
}

/**
 * One allocator over some memory. Blocks, links and pools are in the bytes; here are only what the C code keeps outside
 * of them: the list head and the counters.
 */
export interface Heap {
  readonly memory: Memory;
  readonly geometry: Geometry;
  readonly bestFit: boolean;
  readonly freeWipe: boolean;
  readonly zeroGrown: boolean;
  readonly sumsFreeList: boolean;
  readonly headAddress: number;
  /** Null: searches look at one block after the other, as the C code does. A finder is one heap's own. */
  finder: Finder | null;
  /** First and last free block, or HEAD. */
  headForward: number;
  headBack: number;
  /** Bytes in allocated blocks, headers included. */
  allocated: number;
  gets: number;
  releases: number;
  /** Sum of the squared sizes of the free blocks, counted in quanta so that it stays exact up to 1.5 GB of free memory. */
  freeSquares: number;
  expansion: Expansion;
  /** 0: no pool yet; -1: pools of different sizes; else the size of every pool. */
  poolSize: number;
  pools: number;
  poolGets: number;
  poolReleases: number;
  directGets: number;
  directReleases: number;
}

/** True if no pool has another size than an expansion pool: only then are empty ones released. */
export function isUniform(h: Heap): boolean {
  return h.poolSize === 0 || h.poolSize === roundDown(h.expansion.increment, h.geometry.quantum);
}
