// Explains a bad pointer in words.
import { type Block, walkPool } from "../heap/walk.ts";
import type { MallocContext } from "./context.ts";
import { damagedPart, leakHeaderSize } from "./leak_header.ts";
import { placeAt } from "./place.ts";
import { poolsOf } from "./pools.ts";
import { siteAt, siteIn } from "./site.ts";

/**
 * Says in words what a pointer that could not be freed or moved points at, and who allocated that block. `fault` is the
 * offset at which the heap panicked; it may lie in another block, which then is the one that is damaged.
 */
export function explain(ctx: MallocContext, pointer: number, fault = pointer): string {
  const { memory, geometry } = ctx.heap;
  const where = `pointer ${placeAt(memory.base, pointer)}`;
  const pool = poolsOf(ctx).find(({ at, length }) => pointer >= at && pointer < at + length);
  if (!pool) return `${where} is not in this heap`;
  const walk = walkPool(memory, pool);
  const last = walk.blocks.at(-1);
  const index = walk.blocks.findIndex(({ at, size }) => pointer >= at && pointer < at + size);
  const block = walk.blocks[index];
  if (!block && walk.damage === null) return `${where} lies behind the last block of its pool${before(ctx, last)}`;
  if (!block)
    return `${where} lies behind the damaged block ${placeAt(memory.base, walk.end, `: ${walk.damage?.what}`)}${before(ctx, last)}`;
  const name = `block ${placeAt(memory.base, block.at, `, ${block.size} bytes`)}`;
  if (block.free)
    return `${where} lies in the free ${name}: freed twice, or never allocated${lastHolder(ctx, block, pointer)}`;
  const payload = block.at + geometry.header + (ctx.leakHeaders ? leakHeaderSize(memory) : 0);
  const site = siteOf(ctx, block.at);
  if (pointer < payload)
    return `${where} is not the start of a payload; it lies in the headers of ${name}${site}, ${payload - pointer} bytes before its payload`;
  if (pointer > payload)
    return `${where} is not the start of a payload; it lies ${pointer - payload} bytes into that of ${name}${site}`;
  const part = ctx.leakHeaders ? damagedPart(memory, block.at + geometry.header, ctx.leakFields) : null;
  if (part === "footer") return `${name}${site} was written beyond its end`;
  if (fault < block.at || fault > block.at + block.size)
    return `the damage is in another block than ${name}${site}: block ${placeAt(memory.base, fault)}${siteOf(ctx, fault)}${beforeFault(ctx, fault)}`;
  const next = walk.blocks[index + 1]?.at ?? walk.end;
  // What the block behind says is the one thing that an overrun of this block can have changed.
  const overrun = part === null ? `, or was written beyond its end into block ${placeAt(memory.base, next)}` : "";
  return `${name}${site} is damaged${overrun}${before(ctx, walk.blocks[index - 1])}`;
}

/** ` from file:line` of an allocated block, or nothing. */
function siteOf(ctx: MallocContext, block: number): string {
  const site = siteAt(ctx, block);
  return site === null ? "" : ` from ${site}`;
}

/** The last holder of freed memory: a leak header survives in a free block unless links or wiping took its place. */
function lastHolder(ctx: MallocContext, block: Block, pointer: number): string {
  const { memory, geometry } = ctx.heap;
  const header = pointer - leakHeaderSize(memory);
  if (!ctx.leakHeaders || header < block.at + geometry.freeHeader) return "";
  const site = siteIn(ctx, header);
  return site === null || site === "unknown:0" ? "" : `; last allocated from ${site}`;
}

function beforeFault(ctx: MallocContext, fault: number): string {
  for (const pool of poolsOf(ctx)) {
    const { blocks, end } = walkPool(ctx.heap.memory, pool);
    const index = fault === end ? blocks.length : blocks.findIndex(({ at }) => at === fault);
    if (index > 0) return before(ctx, blocks[index - 1]);
  }
  return "";
}

function before(ctx: MallocContext, block: Block | undefined): string {
  if (block === undefined) return "";
  return `; the block before it is ${placeAt(ctx.heap.memory.base, block.at)}${siteOf(ctx, block.at)}`;
}
