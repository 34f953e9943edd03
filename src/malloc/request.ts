// How large a request is, as the C code calculates it: OP-TEE lib/libutils/isoc/bget_malloc.c and the beginning of bget.
import type { MallocContext } from "./context.ts";
import { footerSize, leakHeaderSize } from "./leak_header.ts";

/** A C `size_t`: a safe integer, or a bigint for what is beyond. A negative one fails. */
export type Size = number | bigint;

/** No memory is larger, and every number up to here is less than 2^63. */
const HUGE = 2 ** 63 - 1024;

/**
 * Bytes to ask of bget behind the leak header. -1 for what is no size, and where C's `bufsize` overflows before it looks at
 * the heap.
 */
export function behindHeader(ctx: MallocContext, payload: Size): number {
  const size = Number(payload);
  if (size > Number.MAX_SAFE_INTEGER) return size <= 2 ** 63 ? hugeRequest(ctx, BigInt(payload)) : -1;
  const total = ctx.leakHeaders ? size + footerSize(size) : size;
  return size >= 0 && total <= ctx.heap.geometry.longMax ? total || 1 : -1;
}

/** True for what C's size_t can hold: whole and not negative. */
export function isCount(size: Size): boolean {
  return typeof size === "bigint" ? size >= 0n : Number.isInteger(size) && size >= 0;
}

/** True if C's `size % alignment` is 0. */
export function isMultiple(size: Size, alignment: Size): boolean {
  return isCount(alignment) && isCount(size) && BigInt(alignment) !== 0n && BigInt(size) % BigInt(alignment) === 0n;
}

/** The product; not a number where a factor is none that C could be given. */
export function multiply(members: Size, size: Size): Size {
  if (!isCount(members) || !isCount(size)) return Number.NaN;
  if (typeof members === "number" && typeof size === "number") {
    const product = members * size;
    if (product <= Number.MAX_SAFE_INTEGER) return product;
  }
  return BigInt(members) * BigInt(size);
}

function hugeRequest(ctx: MallocContext, payload: bigint): number {
  const { quantum, header, bits } = ctx.heap.geometry;
  const front = ctx.leakHeaders ? leakHeaderSize(ctx.heap.memory) : 0;
  const footer = ctx.leakHeaders ? ((payload + 3n) & ~3n) - payload + 4n : 0n;
  const total = payload + footer;
  const q = BigInt(quantum);
  const block = ((total + q - 1n) / q) * q + BigInt(header + front);
  return block < 2n ** BigInt(bits - 1) ? Math.min(Number(total), HUGE) : -1;
}
