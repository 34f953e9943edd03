// Translates a fragmentation into the sizes of requests that still fit.
import { fragmentationPercent } from "../abi/fragmentation.ts";
import type { PartialStats } from "../abi/record.ts";
import { grouped } from "../base/format.ts";

/** What fits in the free memory of a pool, as far as its counters tell: bytes asked for, without leak headers. */
export interface RequestRoom {
  /** A request of so many bytes still fits for sure. */
  readonly fits: number;
  /** A larger one than this fails for sure. */
  readonly most: number;
}

/** Counters, and whole percent where only the text of `xtest --stats` is there. */
interface FragmentedPool extends PartialStats {
  readonly fragmentation?: number;
}

/** The larger header, that of 64-bit words, and the smaller quantum, that of 32-bit words: so `fits` is right for both. */
const HEADER = 16;
const QUANTUM = 8;

/**
 * Turns the fragmentation into requests. Free blocks of the sizes b have the sum F and the sum of squares S. The largest, M, has
 * S ≤ M·F, as no block is larger, and M² ≤ S, as it is one of them: so S/F ≤ M ≤ √S. Printed percentages are of 1 − S/F²
 * and may be rounded either way. Undefined without a figure (before 4.6, page pools, TA heaps) or without free memory.
 */
export function requestRoom({ size, allocated, free2Sum, fragmentation }: FragmentedPool): RequestRoom | undefined {
  const free = freeIn(size, allocated);
  if (free <= 0) return undefined;
  const exact = free2Sum === undefined || free2Sum === 0n ? undefined : Number(free2Sum);
  if (exact === undefined && fragmentation === undefined) return undefined;
  const squares = (percent: number): number => free ** 2 * Math.max(0, 1 - percent / 100);
  const least = exact ?? squares((fragmentation ?? 0) + 1);
  const greatest = exact ?? squares(Math.max(0, (fragmentation ?? 0) - 1));
  const block = Math.ceil(least / free / QUANTUM) * QUANTUM;
  return { fits: Math.max(0, block - HEADER), most: Math.floor(Math.min(free, Math.sqrt(greatest))) };
}

/** 0 where it is not known. */
function freeIn(size: number | undefined, allocated: number | undefined): number {
  return size === undefined || allocated === undefined ? 0 : size - allocated;
}

/** The same in a sentence; empty where nothing is known. */
export function roomSentence(pool: FragmentedPool): string {
  const room = requestRoom(pool);
  if (room === undefined) return "";
  const percent = pool.fragmentation ?? fragmentationPercent(pool) ?? 0;
  return `Fragmentation ${percent} %, ${grouped(freeIn(pool.size, pool.allocated))} bytes free: a request of ${grouped(room.fits)} bytes fits, one of more than ${grouped(room.most)} does not; between the two, the counters cannot say.`;
}
