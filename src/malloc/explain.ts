// Explains a bad pointer in words.
import { HeapPanic } from "../heap/panic.ts";
import { type Block, walkPool } from "../heap/walk.ts";
import type { MallocContext } from "./context.ts";
import { damagedPart, leakHeaderSize } from "./leak_header.ts";
import { placeAt } from "./place.ts";
import { poolsOf } from "./pools.ts";
import { siteAt, siteIn } from "./site.ts";

/** What a pointer points at. */
interface Target {
  readonly text: string;
  /** `file:line` of who allocated the block, or last did. */
  readonly site: string | null;
  /** The block is free: nothing else that was found at its place is to blame. */
  readonly isFree: boolean;
}

/**
 * Says in words what a pointer that could not be freed or moved points at, and who allocated that block. `fault` is the
 * offset at which the heap panicked; it may lie in another block, which then is the one that is damaged.
 */
export function explain(ctx: MallocContext, pointer: number, fault = pointer): string {
  return targetOf(ctx, pointer, fault).text;
}

/** A panic with what is known of the pointer that was given; anything else that was thrown stays as it is. */
export function explained(ctx: MallocContext, error: unknown, pointer: number): unknown {
  if (!(error instanceof HeapPanic)) return error;
  const { memory, geometry } = ctx.heap;
  const { text, site, isFree } = targetOf(ctx, pointer, error.at);
  const header = pointer - extraOf(ctx) - geometry.header;
  // What stands where a free block had its headers is no header and no footer any more.
  const isGone = isFree && error.at >= header && error.at <= pointer;
  const what = isGone ? "no live block begins here" : error.what;
  return new HeapPanic(error.func, error.at, what, {
    pointer,
    address: memory.base + pointer,
    site,
    explanation: text,
  });
}

function extraOf(ctx: MallocContext): number {
  return ctx.leakHeaders ? leakHeaderSize(ctx.heap.memory) : 0;
}

function targetOf(ctx: MallocContext, pointer: number, fault: number): Target {
  const { memory, geometry } = ctx.heap;
  const say = (text: string, site: string | null = null, isFree = false): Target => ({ text, site, isFree });
  const where = `pointer ${placeAt(memory.base, pointer)}`;
  const pool = poolsOf(ctx).find(({ at, length }) => pointer >= at && pointer < at + length);
  if (!pool) return say(`${where} is not in this heap`);
  const walk = walkPool(memory, pool);
  const last = walk.blocks.at(-1);
  const index = walk.blocks.findIndex(({ at, size }) => pointer >= at && pointer < at + size);
  const block = walk.blocks[index];
  if (!block && walk.damage === null) return say(`${where} lies behind the last block of its pool${before(ctx, last)}`);
  if (!block)
    return say(
      `${where} lies behind the damaged block ${placeAt(memory.base, walk.end, `: ${walk.damage?.what}`)}${before(ctx, last)}`,
    );
  const name = `block ${placeAt(memory.base, block.at, `, ${block.size} bytes`)}`;
  if (block.free) {
    const holder = lastHolder(ctx, block, pointer);
    const who = holder === null ? "" : `; last allocated from ${holder}`;
    const why = "freed twice, or moved by realloc, or never allocated";
    return say(`${where} lies in the free ${name}: ${why}${who}`, holder, true);
  }
  const payload = block.at + geometry.header + extraOf(ctx);
  const site = siteAt(ctx, block.at);
  const named = `${name}${siteOf(ctx, block.at)}`;
  if (pointer < payload)
    return say(
      `${where} is not the start of a payload; it lies in the headers of ${named}, ${payload - pointer} bytes before its payload`,
      site,
    );
  if (pointer > payload)
    return say(
      `${where} is not the start of a payload; it lies ${pointer - payload} bytes into that of ${named}`,
      site,
    );
  const part = ctx.leakHeaders ? damagedPart(memory, block.at + geometry.header, ctx.leakFields) : null;
  if (part === "footer") return say(`${named} was written beyond its end`, site);
  if (fault < block.at || fault > block.at + block.size)
    return say(
      `the damage is in another block than ${named}: block ${placeAt(memory.base, fault)}${siteOf(ctx, fault)}${beforeFault(ctx, fault)}`,
      site,
    );
  const next = walk.blocks[index + 1]?.at ?? walk.end;
  // What the block behind says is the one thing that an overrun of this block can have changed.
  const overrun = part === null ? `, or was written beyond its end into block ${placeAt(memory.base, next)}` : "";
  return say(`${named} is damaged${overrun}${before(ctx, walk.blocks[index - 1])}`, site);
}

/** ` from file:line` of an allocated block, or nothing. */
function siteOf(ctx: MallocContext, block: number): string {
  const site = siteAt(ctx, block);
  return site === null ? "" : ` from ${site}`;
}

/** The last holder of freed memory: a leak header survives in a free block unless links or wiping took its place. */
function lastHolder(ctx: MallocContext, block: Block, pointer: number): string | null {
  const { memory, geometry } = ctx.heap;
  const header = pointer - leakHeaderSize(memory);
  if (!ctx.leakHeaders || header < block.at + geometry.freeHeader) return null;
  const site = siteIn(ctx, header);
  return site === "unknown:0" ? null : site;
}

/** `; the block before it is …` where the headers lead to the block at an offset, else nothing. */
export function beforeFault(ctx: MallocContext, fault: number): string {
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
