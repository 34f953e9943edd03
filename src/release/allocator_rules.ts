// What differs between releases in the allocator: bget.c and bget_malloc.c in upstream's lib/libutils/isoc.
import type { LeakLayout } from "./leak_fields.ts";

/** Lines of bget_malloc.c that leak headers record where the caller names no call site; 0 for no line and no file name. */
export interface PlainLines {
  readonly malloc: number;
  readonly calloc: number;
  readonly realloc: number;
  /** malloc_flags, behind TEE_Realloc. Not there until 4.5, where TEE_Realloc called realloc. */
  readonly mallocFlags: number;
  readonly memalign: number;
  readonly alignedAlloc: number;
  /** The pool table. */
  readonly poolTable: number;
}

/** What the allocator of a release does in its own way. */
export interface AllocatorRules {
  readonly leakLayout: LeakLayout;
  readonly lines: PlainLines;
  /** A TA's plain realloc zeroes what it adds. TEE_Realloc does in every release. */
  readonly zeroesRealloc: boolean;
  /** TEE_Realloc is malloc_flags, which also zeroes all of what it just allocates; until 4.5 it is realloc. */
  readonly hasMallocFlags: boolean;
  /** With leak headers, an aligned_alloc with a call site refuses a size that is no multiple of the alignment. */
  readonly checksAligned: boolean;
  /** Pools are validated before a request is looked at, also one that is turned away. */
  readonly validatesFirst: boolean;
  /** Every change of the free list adds up the squared sizes of all its blocks and asserts that they are as counted. */
  readonly sumsFreeList: boolean;
  /** A release asserts first that the block's size leaves room for a payload: nowhere, in the core, or in TAs, too. */
  readonly checksSize: "nowhere" | "core" | "everywhere";
}
