// Mirrors bpool_foreach and what stands on it of OP-TEE 4.0.0 lib/libutils/isoc/bget_malloc.c.
import { isSentinel, sizeOf } from "../heap/block.ts";
import { isLinked } from "../heap/freelist.ts";
import { panic } from "../heap/panic.ts";
import { expectFields } from "./arguments.ts";
import { bufferSize } from "./buffer_size.ts";
import type { MallocContext } from "./context.ts";
import { assertLeakHeader, leakHeaderSize, readLeakHeader } from "./leak_header.ts";
import { validatePools } from "./malloc.ts";
import { poolsOf } from "./pools.ts";
import type { Size } from "./request.ts";

/** A live block with who allocated it. */
export interface LiveBlock {
  /** Offset of the payload. */
  readonly at: number;
  /** Bytes asked for. */
  readonly size: number;
  /** Source file, `unknown` if none was recorded. */
  readonly file: string;
  /** Line, cut to 16 bits. */
  readonly line: number;
}

/**
 * All live blocks in address order, pool by pool, the pool table among them: what `mdbg_check(1)` prints. Without leak
 * headers there is nothing to list. Panics at the first damaged header or footer, as upstream's `mdbg_check` does.
 */
export function liveBlocks(ctx: MallocContext): LiveBlock[] {
  const blocks: LiveBlock[] = [];
  if (!ctx.leakHeaders) return blocks;
  validatePools(ctx);
  const m = ctx.heap.memory;
  eachAllocated(ctx, (buffer) => {
    assertLeakHeader(m, buffer, ctx.leakFields);
    const { name, line, size } = readLeakHeader(m, buffer, ctx.leakFields);
    const file = ctx.names.at(name);
    blocks.push({
      at: buffer + leakHeaderSize(m),
      size,
      file: file === undefined ? `0x${name.toString(16)}` : (file ?? "unknown"),
      line,
    });
    return false;
  });
  return blocks;
}

/** What `expectFields` looks for in a live block. */
export const BLOCK_FIELDS = { at: "number", size: "number", file: "string", line: "number" } as const;

/** The line that OP-TEE prints for a live block, without console prefix. A TypeError for anything else than a live block. */
export function leakLine(block: LiveBlock): string {
  expectFields(block, "block", BLOCK_FIELDS, "a live block, as leaks and liveBlocks list them");
  return `buffer: ${block.size | 0} bytes ${block.file}:${block.line}`;
}

/** True if all of `length` bytes at `pointer` lie in one live payload; slack counts where there are no leak headers. */
export function isWithinAllocated(ctx: MallocContext, pointer: Size, length: Size): boolean {
  validatePools(ctx);
  const range = addresses(ctx, pointer, length);
  if (range.start > range.end || ctx.poolCount === 0) return false;
  const m = ctx.heap.memory;
  const base = BigInt(m.base);
  return eachAllocated(ctx, (buffer) => {
    const room = bufferSize(ctx.heap, buffer);
    let start = buffer;
    let size = room;
    if (ctx.leakHeaders) {
      size = readLeakHeader(m, buffer, ctx.leakFields).size;
      if (room < size)
        panic("get_payload_start_size", buffer - m.geometry.header, "leak header names more bytes than the block has");
      start += leakHeaderSize(m);
    }
    const from = base + BigInt(start);
    return range.start >= from && range.end <= from + BigInt(size);
  });
}

/**
 * True if the buffer overlaps a pool. As in 4.0.0, a buffer that begins below a pool and ends at or beyond its end is missed.
 */
export function overlapsHeap(ctx: MallocContext, pointer: Size, length: Size): boolean {
  validatePools(ctx);
  const { start, end } = addresses(ctx, pointer, length);
  const base = BigInt(ctx.heap.memory.base);
  const { bits } = ctx.heap.geometry;
  for (const pool of poolsOf(ctx)) {
    const from = base + BigInt(pool.at);
    const to = from + BigInt(pool.length);
    // C adds the length in size_t: a pool whose end wraps is as good as damage.
    if (start > end || from > BigInt.asUintN(bits, to)) return true;
    if ((start >= from && start < to) || (end > from && end < to)) return true;
  }
  return false;
}

/** Calls `visit` with each allocated buffer until it returns true, and tells whether it did. */
function eachAllocated(ctx: MallocContext, visit: (buffer: number) => boolean): boolean {
  const m = ctx.heap.memory;
  for (const pool of poolsOf(ctx)) {
    for (let block = pool.at; !isSentinel(m, block); ) {
      const size = sizeOf(m, block);
      if (size === 0) panic("bpool_foreach_pool", block, "block size is 0");
      if (size > 0 && !isLinked(ctx.heap, block)) panic("bpool_foreach_pool", block, "free-list links are broken");
      if (size < 0 && visit(block + m.geometry.header)) return true;
      block += Math.abs(size);
    }
  }
  return false;
}

function addresses(ctx: MallocContext, pointer: Size, length: Size): { start: bigint; end: bigint } {
  const { memory, geometry } = ctx.heap;
  const start = BigInt.asUintN(geometry.bits, BigInt(memory.base) + BigInt(pointer));
  return { start, end: BigInt.asUintN(geometry.bits, start + BigInt(length)) };
}
