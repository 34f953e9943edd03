// Mirrors the entry points of OP-TEE lib/libutils/isoc/bget_malloc.c.
import { isPowerOfTwo } from "../base/integer.ts";
import * as gets from "../heap/bget.ts";
import { bpoolv } from "../heap/bpoolv.ts";
import { brel } from "../heap/brel.ts";
import * as shortReleases from "../heap/fast/release.ts";
import * as shortGets from "../heap/fast/take.ts";
import { expectCount } from "./arguments.ts";
import { bufferSize } from "./buffer_size.ts";
import type { MallocContext } from "./context.ts";
import { count } from "./counters.ts";
import { explained } from "./explain.ts";
import { assertLeakHeader, clearLeakHeader, leakHeaderSize, writeLeakHeader } from "./leak_header.ts";
import { moveBuffer } from "./move_buffer.ts";
import { MALLOC_FILE } from "./names.ts";
import type { HeapOp } from "./operation.ts";
import { poolsOf } from "./pools.ts";
import type { Size } from "./request.ts";
import * as requests from "./request.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { bget, bgetz, zero } = gets;
const { shortBget } = shortGets;
const { shortBrel } = shortReleases;
const { behindHeader, isCount, isMultiple, multiply } = requests;

/** Source file of a caller: a name, null for unknown, undefined for upstream's plain entry points. */
export type File = string | null | undefined;

/**
 * Allocates `size` bytes. Returns the payload's offset, or 0 and counts a failure. Payloads are multiples of the quantum
 * away from address 0. Requests of 0 bytes become 1. Here and below, a size that C could not be given is a TypeError or a
 * RangeError; a negative one fails.
 */
export function malloc(ctx: MallocContext, size: Size, file?: File, line = 0): number {
  if (ctx.plain === true && ctx.listener === null && typeof size === "number") {
    const buffer = shortBget(ctx.heap, size);
    if (buffer > 0) {
      if (ctx.heap.allocated > ctx.maxAllocated) ctx.maxAllocated = ctx.heap.allocated;
      return buffer;
    }
  }
  expectCount(size, "size");
  validatePools(ctx);
  const total = behindHeader(ctx, size);
  const buffer = total < 0 ? 0 : bget(ctx.heap, 1, extra(ctx), total);
  count(ctx, buffer === 0, size, ctx.heap.allocated);
  return finish(ctx, "M", 0, size, 0, buffer, file, line, ctx.lines.malloc);
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
  expectCount(members, "members");
  expectCount(size, "size");
  validatePools(ctx);
  const whole = multiply(members, size);
  const total = behindHeader(ctx, whole);
  const buffer = total < 0 ? 0 : bgetz(ctx.heap, 0, extra(ctx), total);
  const wrapped =
    typeof whole === "bigint" ? BigInt.asUintN(ctx.heap.geometry.bits, whole) : whole % 2 ** ctx.heap.geometry.bits;
  count(ctx, buffer === 0, wrapped, ctx.heap.allocated);
  return finish(ctx, "C", 0, wrapped, Number(members), buffer, file, line, ctx.lines.calloc);
}

/**
 * Moves a block to a new one of `size` bytes; never resizes in place. 0 as `pointer` just allocates. Returns 0 and leaves
 * the old block alone if nothing fits. Until 4.5 a TA's added bytes are zeroed; the core's never are.
 */
export function realloc(ctx: MallocContext, pointer: number, size: Size, file?: File, line = 0): number {
  return reallocate(ctx, pointer, size, ctx.heap.zeroGrown, file, line, ctx.lines.realloc);
}

/**
 * What TEE_Realloc calls: like `realloc`, and what is added is zeroed in every release. Since 4.6 so is a block that it just
 * allocates: upstream's malloc_flags with MAF_ZERO_INIT.
 */
export function reallocZeroed(ctx: MallocContext, pointer: number, size: Size, file?: File, line = 0): number {
  if (!ctx.hasMallocFlags) return realloc(ctx, pointer, size, file, line);
  return reallocate(ctx, pointer, size, true, file, line, ctx.lines.mallocFlags);
}

function reallocate(
  ctx: MallocContext,
  pointer: number,
  size: Size,
  zero: boolean,
  file: File,
  line: number,
  plainLine: number,
): number {
  expectCount(size, "size");
  const front = extra(ctx);
  const old = pointer === 0 ? 0 : pointer - front;
  let buffer = 0;
  try {
    if (ctx.leakHeaders && old !== 0) assertLeakHeader(ctx.heap.memory, old, ctx.leakFields);
    const behind = behindHeader(ctx, size);
    const fits = behind >= 0 && behind + front <= ctx.heap.geometry.longMax;
    if (fits || ctx.validatesFirst) validatePools(ctx);
    if (fits) buffer = moveBuffer(ctx, old, behind + front, zero);
  } catch (error) {
    throw explained(ctx, error, pointer);
  }
  count(ctx, buffer === 0, size, ctx.heap.allocated);
  return finish(ctx, "R", pointer, size, 0, buffer, file, line, plainLine);
}

/**
 * Allocates with the payload at a multiple of `alignment`. Returns 0 without counting if that is 0 or not a power of two;
 * a power of two that is too large is a counted failure.
 */
export function memalign(ctx: MallocContext, alignment: Size, size: Size, file?: File, line = 0): number {
  return allocateAligned(ctx, alignment, size, file, line, ctx.lines.memalign);
}

/**
 * Like `memalign`; returns 0 without counting if `size` is not a multiple of `alignment`. Since 4.6 a call with a call site
 * is memalign where there are leak headers.
 */
export function alignedAlloc(ctx: MallocContext, alignment: Size, size: Size, file?: File, line = 0): number {
  expectCount(alignment, "alignment");
  expectCount(size, "size");
  const checks = ctx.checksAligned || !ctx.leakHeaders || file === undefined;
  return checks && !isMultiple(size, alignment)
    ? finish(ctx, "A", 0, size, 0, 0, file, line, 0)
    : allocateAligned(ctx, alignment, size, file, line, ctx.lines.alignedAlloc);
}

function allocateAligned(
  ctx: MallocContext,
  alignment: Size,
  size: Size,
  file: File,
  line: number,
  plainLine: number,
): number {
  expectCount(alignment, "alignment");
  expectCount(size, "size");
  const possible =
    isCount(alignment) && isPowerOfTwo(Number(alignment)) && BigInt(Number(alignment)) === BigInt(alignment);
  if (possible || ctx.validatesFirst) validatePools(ctx);
  if (!possible) return finish(ctx, "A", 0, size, Number(alignment), 0, file, line, plainLine);
  const total = behindHeader(ctx, size);
  const buffer = total < 0 ? 0 : bget(ctx.heap, Number(alignment), extra(ctx), total);
  count(ctx, buffer === 0, size, ctx.heap.allocated);
  return finish(ctx, "A", 0, size, Number(alignment), buffer, file, line, plainLine);
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

/** Bytes of leak header in front of every payload. */
export function extra(ctx: MallocContext): number {
  return ctx.leakHeaders ? leakHeaderSize(ctx.heap.memory) : 0;
}

/** Lets `bpoolv` look at every pool first, where the context was made with `validate`. */
export function validatePools(ctx: MallocContext): void {
  if (!ctx.validate) return;
  for (const pool of poolsOf(ctx)) bpoolv(ctx.heap, pool.at);
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
    if (ctx.checksSize) bufferSize(ctx.heap, buffer);
    brel(ctx.heap, buffer, wipe);
  } catch (error) {
    throw explained(ctx, error, pointer);
  }
  if (ctx.listener !== null) ctx.listener(op, pointer, 0, 0, 0, file ?? null, line, ctx.heap.allocated);
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
    const own = plainLine === 0 ? null : MALLOC_FILE;
    const name = ctx.names.address(file === undefined ? own : file);
    const at = file === undefined ? plainLine : line;
    writeLeakHeader(ctx.heap.memory, buffer, ctx.leakFields, name, at, Number(size));
    payload = buffer + extra(ctx);
  }
  if (ctx.listener !== null)
    ctx.listener(op, pointer, Number(size), arg, payload, file ?? null, line, ctx.heap.allocated);
  return payload;
}
