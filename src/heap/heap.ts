// State of one allocator, as OP-TEE 4.0.0 lib/libutils/isoc/bget.c keeps it in its pool set.

import { assert } from "../base/assert.ts";
import { roundDown } from "../base/integer.ts";
import { type Geometry, geometryOf, type Word } from "./geometry.ts";
import type { FreeIndex } from "./index_state.ts";
import { createMemory, type Memory } from "./memory.ts";

const TWO32 = 2 ** 32;

/** The list head as a link target; never an offset. */
export const HEAD = -1;

/**
 * How a free block is looked for, which changes no result. `auto`: through an index once the free list has grown so long
 * that the index pays; `index`: always, as far as the bytes are sound; `scan`: block by block, as the C code does.
 */
export type Lookup = "auto" | "index" | "scan";

/** What is decided when the C code is compiled. */
export interface HeapOptions {
  /** 8 for aarch64 (default), 4 for arm. */
  readonly word?: Word;
  /** Default first fit. `best` is upstream's CFG_CORE_BGET_BESTFIT. */
  readonly fit?: "first" | "best";
  /** FreeWipe: fills what is freed, and new pools, with 0x55. Default false. */
  readonly freeWipe?: boolean;
  /** A growing reallocation zeroes the added part, as in TAs (not in the core). Default true. */
  readonly zeroGrown?: boolean;
  /** Address of the first byte of the memory, default 0x40000000. */
  readonly base?: number;
  /** Address that links to the list head hold, default 0x0f000000. */
  readonly headAddress?: number;
  /** Default `auto`. */
  readonly lookup?: Lookup;
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
  readonly headAddress: number;
  readonly lookup: Lookup;
  /** Size of the words that `quick_get.ts` or its like, and `quick_release.ts` or its like, may be tried for; else 0. */
  readonly quickGets: Word | 0;
  quickReleases: Word | 0;
  /** Lower words of the addresses of the memory's first byte and of the list head: signed 32 bits each. */
  readonly baseLow: number;
  readonly headLow: number;
  /** Upper word of both addresses where the short ways may be tried. */
  readonly high: number;
  /**
   * What stands in the free list, by size or by place; null while scanning is cheaper. A cache: the bytes are what counts.
   * It goes on with this heap, so a copy of the heap's state must not keep it: see `forgetIndex`.
   */
  index: FreeIndex | null;
  /** Steps of scans that an index would have spared, less what building one costs. */
  scanned: number;
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

const noExpansion: Expansion = { compact: null, acquire: null, release: null, increment: 0 };

/** True if no pool has another size than an expansion pool: only then are empty ones released. */
export function isUniform(h: Heap): boolean {
  return h.poolSize === 0 || h.poolSize === roundDown(h.expansion.increment, h.geometry.quantum);
}

/** Makes an allocator without a pool over the given bytes; `addPool` gives it its first. The bytes are not touched. */
export function createHeap(bytes: Uint8Array, options: HeapOptions = {}): Heap {
  const word = options.word ?? 8;
  const lookup = options.lookup ?? "auto";
  const freeWipe = options.freeWipe ?? false;
  const headAddress = options.headAddress ?? 0x0f000000;
  assert(lookup === "auto" || lookup === "index" || lookup === "scan", "lookup is auto, index or scan");
  assert(options.fit === undefined || options.fit === "first" || options.fit === "best", "fit is first or best");
  const memory = createMemory(bytes, { word, base: options.base ?? 0x40000000 });
  const { base } = memory;
  const high = Math.floor(base / TWO32);
  // A debug build looks at all blocks anyway. The upper word of all addresses must be the same, a link to the head no
  // offset, and half of a block's offset that of a word.
  const isQuick =
    lookup !== "scan" &&
    !freeWipe &&
    (base % TWO32) + memory.bytes.length <= TWO32 &&
    Math.floor(headAddress / TWO32) === high &&
    (headAddress < base || headAddress >= base + memory.bytes.length) &&
    (word === 8 ? memory.phase % 8 === 0 : memory.phase % 4 === 0 && high === 0);
  return {
    memory,
    geometry: geometryOf(word),
    bestFit: options.fit === "best",
    freeWipe,
    zeroGrown: options.zeroGrown ?? true,
    headAddress,
    lookup,
    quickGets: isQuick ? word : 0,
    quickReleases: isQuick ? word : 0,
    baseLow: base | 0,
    headLow: headAddress | 0,
    high: high | 0,
    index: null,
    scanned: 0,
    headForward: HEAD,
    headBack: HEAD,
    allocated: 0,
    gets: 0,
    releases: 0,
    // Not 0: V8 keeps a field that begins as a small integer as one, and drops all compiled code when it outgrows that.
    freeSquares: -0,
    expansion: noExpansion,
    poolSize: 0,
    pools: 0,
    poolGets: 0,
    poolReleases: 0,
    directGets: 0,
    directReleases: 0,
  };
}
