// Mirrors the entry points of OP-TEE 4.0.0 lib/libutils/isoc/bget_malloc.c.
import { isPowerOfTwo } from "../base/integer.ts";
import * as gets from "../heap/bget.ts";
import { bpoolv } from "../heap/bpoolv.ts";
import { brel } from "../heap/brel.ts";
import * as shortReleases from "../heap/fast/release.ts";
import * as shortGets from "../heap/fast/take.ts";
import { HeapPanic } from "../heap/panic.ts";
import type { MallocContext } from "./context.ts";
import { count } from "./counters.ts";
import { explain } from "./explain.ts";
import { assertLeakHeader, clearLeakHeader, footerSize, leakHeaderSize, writeLeakHeader } from "./leak_header.ts";
import { MALLOC_FILE } from "./names.ts";
import type { HeapOp } from "./operation.ts";
import { poolsOf } from "./pools.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { bget, bgetr, bgetz, zero } = gets;
const { shortBget } = shortGets;
const { shortBrel } = shortReleases;

/** A C `size_t`: a safe integer, or a bigint for what is beyond. A negative one fails. */
export type Size = number | bigint;

/** Source file of a caller: a name, null for unknown, undefined for upstream's plain entry points. */
export type File = string | null | undefined;

// Lines that the plain entry points of upstream's file record.
const PLAIN_MALLOC = 768;
const PLAIN_CALLOC = 774;
const PLAIN_REALLOC = 780;

/**
 * Allocates `size` bytes. Returns the payload's offset, or 0 and counts a failure. Payloads are multiples of the quantum
 * away from address 0. Requests of 0 bytes become 1.
 */
export function malloc(ctx: MallocContext, size: Size, file?: File, line = 0): number {
  if (ctx.plain === true && ctx.listener === null && typeof size === "number") {
    const buffer = shortBget(ctx.heap, size);
    if (buffer > 0) {
      if (ctx.heap.allocated > ctx.maxAllocated) ctx.maxAllocated = ctx.heap.allocated;
      return buffer;
    }
  }
  validatePools(ctx);
  const total = behindHeader(ctx, size);
  const buffer = total < 0 ? 0 : bget(ctx.heap, 1, extra(ctx), total);
  count(ctx, buffer === 0, size, ctx.heap.allocated);
  return finish(ctx, "M", 0, size, 0, buffer, file, line, PLAIN_MALLOC);
}

/** Allocates `members` times `size` bytes, all of the block zeroed. A product that overflows is a counted failure. */
export function calloc(ctx: MallocContext, members: Size, size: Size, file?: File, line = 0): number {
  if (
    ctx.plain === true &&
    ctx.listener === null &&
    typeof members === "number" &&
    typeof size === "number" &&
    members > 0
  ) {
    const whole = Number.isInteger(members) && Number.isInteger(size);
    const buffer = whole ? shortBget(ctx.heap, members * size) : 0;
    if (buffer > 0) {
      zero(ctx.heap, buffer);
      if (ctx.heap.allocated > ctx.maxAllocated) ctx.maxAllocated = ctx.heap.allocated;
      return buffer;
    }
  }
  validatePools(ctx);
  const whole = multiply(members, size);
  const total = behindHeader(ctx, whole);
  const buffer = total < 0 ? 0 : bgetz(ctx.heap, 0, extra(ctx), total);
  const wrapped =
    typeof whole === "bigint" ? BigInt.asUintN(ctx.heap.geometry.bits, whole) : whole % 2 ** ctx.heap.geometry.bits;
  count(ctx, buffer === 0, wrapped, ctx.heap.allocated);
  return finish(ctx, "C", 0, wrapped, Number(members), buffer, file, line, PLAIN_CALLOC);
}

/**
 * Moves a block to a new one of `size` bytes; never resizes in place. 0 as `pointer` just allocates. Returns 0 and leaves
 * the old block alone if nothing fits. A TA's added bytes are zeroed, the core's are not.
 */
export function realloc(ctx: MallocContext, pointer: number, size: Size, file?: File, line = 0): number {
  const front = extra(ctx);
  const old = pointer === 0 ? 0 : pointer - front;
  let buffer = 0;
  try {
    if (ctx.leakHeaders && old !== 0) assertLeakHeader(ctx.heap.memory, old, ctx.leakFields);
    const behind = behindHeader(ctx, size);
    if (behind >= 0 && behind + front <= ctx.heap.geometry.longMax) {
      validatePools(ctx);
      buffer = bgetr(ctx.heap, old, 0, 0, behind + front);
    }
  } catch (error) {
    throw explained(ctx, error, pointer);
  }
  count(ctx, buffer === 0, size, ctx.heap.allocated);
  return finish(ctx, "R", pointer, size, 0, buffer, file, line, PLAIN_REALLOC);
}

/**
 * Allocates with the payload at a multiple of `alignment`. Returns 0 without counting if that is 0 or not a power of two;
 * a power of two that is too large is a counted failure.
 */
export function memalign(ctx: MallocContext, alignment: Size, size: Size, file: File = null, line = 0): number {
  if (!isCount(alignment) || !isPowerOfTwo(Number(alignment)) || BigInt(Number(alignment)) !== BigInt(alignment)) {
    return finish(ctx, "A", 0, size, Number(alignment), 0, file, line, 0);
  }
  validatePools(ctx);
  const total = behindHeader(ctx, size);
  const buffer = total < 0 ? 0 : bget(ctx.heap, Number(alignment), extra(ctx), total);
  count(ctx, buffer === 0, size, ctx.heap.allocated);
  return finish(ctx, "A", 0, size, Number(alignment), buffer, file, line, 0);
}

/** Like `memalign`; returns 0 without counting if `size` is not a multiple of `alignment`. */
export function alignedAlloc(ctx: MallocContext, alignment: Size, size: Size, file: File = null, line = 0): number {
  const divides =
    isCount(alignment) && isCount(size) && BigInt(alignment) !== 0n && BigInt(size) % BigInt(alignment) === 0n;
  return divides ? memalign(ctx, alignment, size, file, line) : finish(ctx, "A", 0, size, 0, 0, file, line, 0);
}

/** Frees a block; 0 is ignored. Panics, with an explanation, where the C code's assertions would. */
export function free(ctx: MallocContext, pointer: number, file?: File, line = 0): void {
  if (ctx.plain === true && ctx.listener === null && shortBrel(ctx.heap, pointer) === true) return;
  release(ctx, "F", pointer, false, file, line);
}

/** Frees a block and fills it with 0x55. */
export function freeWipe(ctx: MallocContext, pointer: number, file?: File, line = 0): void {
  release(ctx, "W", pointer, true, file, line);
}

/** Lets `bpoolv` look at every pool first, where the context was made with `validate`. */
export function validatePools(ctx: MallocContext): void {
  if (!ctx.validate) return;
  for (const pool of poolsOf(ctx)) bpoolv(ctx.heap, pool.at);
}

/** Bytes of leak header in front of every payload. */
export function extra(ctx: MallocContext): number {
  return ctx.leakHeaders ? leakHeaderSize(ctx.heap.memory) : 0;
}

function release(ctx: MallocContext, op: HeapOp, pointer: number, wipe: boolean, file: File, line: number): void {
  const buffer = pointer - extra(ctx);
  try {
    if (ctx.leakHeaders) {
      if (pointer === 0) return;
      assertLeakHeader(ctx.heap.memory, buffer, ctx.leakFields);
      clearLeakHeader(ctx.heap.memory, buffer, ctx.leakFields);
    }
    validatePools(ctx);
    if (pointer === 0) return;
    brel(ctx.heap, buffer, wipe);
  } catch (error) {
    throw explained(ctx, error, pointer);
  }
  if (ctx.listener !== null) ctx.listener(op, pointer, 0, 0, 0, file ?? null, line, ctx.heap.allocated);
}

/** Bytes to ask of bget behind the leak header, or -1 on overflow and for what is no size. */
function behindHeader(ctx: MallocContext, payload: Size): number {
  const size = Number(payload);
  const total = ctx.leakHeaders ? size + footerSize(size) : size;
  return size >= 0 && total <= ctx.heap.geometry.longMax ? total || 1 : -1;
}

/** True for what C's size_t can hold: whole and not negative. */
function isCount(size: Size): boolean {
  return typeof size === "bigint" ? size >= 0n : Number.isInteger(size) && size >= 0;
}

/** The product; not a number where a factor is none that C could be given. */
function multiply(members: Size, size: Size): Size {
  if (!isCount(members) || !isCount(size)) return Number.NaN;
  if (typeof members === "number" && typeof size === "number") {
    const product = members * size;
    if (product <= Number.MAX_SAFE_INTEGER) return product;
  }
  return BigInt(members) * BigInt(size);
}

/** Writes the leak header, notifies the listener, and turns a buffer into a payload offset. */
function finish(
  ctx: MallocContext,
  op: HeapOp,
  pointer: number,
  size: Size,
  arg: number,
  buffer: number,
  file: File,
  line: number,
  plainLine: number,
): number {
  let payload = buffer;
  if (ctx.leakHeaders && buffer !== 0) {
    const plain = file === undefined;
    const name = ctx.names.address(plain ? MALLOC_FILE : file);
    writeLeakHeader(ctx.heap.memory, buffer, ctx.leakFields, name, plain ? plainLine : line, Number(size));
    payload = buffer + extra(ctx);
  }
  if (ctx.listener !== null)
    ctx.listener(op, pointer, Number(size), arg, payload, file ?? null, line, ctx.heap.allocated);
  return payload;
}

function explained(ctx: MallocContext, error: unknown, pointer: number): unknown {
  return error instanceof HeapPanic
    ? new HeapPanic(error.func, error.at, error.what, explain(ctx, pointer, error.at))
    : error;
}
