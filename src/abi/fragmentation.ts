// The fragmentation that `xtest --stats` prints, computed from the counters.
import type { PartialStats } from "./record.ts";

/**
 * How scattered the free bytes are: 1 − free2_sum / free², from 0 (one free block) towards 1 (many small ones).
 * `undefined` where the allocator gives no figure (before 4.6, a TA's heap, a page pool) or nothing is free.
 * OP-TEE's sum counts whole blocks, `size` also the pools' end marks, so one free block gives a little more than 0.
 */
export function fragmentation(stats: PartialStats): number | undefined {
  const parts = fraction(stats);
  return parts === undefined ? undefined : Number((parts.scattered * 1_000_000n) / parts.square) / 1_000_000;
}

/** The same as whole percent, rounded down. Captured text cannot show upstream's rounding: it never has free2_sum. */
export function fragmentationPercent(stats: PartialStats): number | undefined {
  const parts = fraction(stats);
  return parts === undefined ? undefined : Number((parts.scattered * 100n) / parts.square);
}

function fraction({
  size = 0,
  allocated,
  free2Sum = 0n,
}: PartialStats): { scattered: bigint; square: bigint } | undefined {
  if (allocated === undefined || free2Sum === 0n || size <= allocated) return undefined;
  const square = BigInt(size - allocated) ** 2n;
  return { scattered: square > free2Sum ? square - free2Sum : 0n, square };
}
