import { walkPool } from "../heap/walk.ts";
import type { MallocContext } from "./context.ts";
import { damagedPart, leakHeaderSize, readLeakHeader } from "./leak_header.ts";
import { poolsOf } from "./pools.ts";

/** Says in words what a pointer that could not be freed or moved points at, and who allocated that block. */
export function explain(ctx: MallocContext, pointer: number): string {
  const { memory, geometry } = ctx.heap;
  const where = `pointer ${hex(memory.base + pointer)}`;
  const pool = poolsOf(ctx).find(({ at, length }) => pointer >= at && pointer < at + length);
  if (!pool) return `${where} is not in this heap`;
  const walk = walkPool(memory, pool);
  const index = walk.blocks.findIndex(({ at, size }) => pointer >= at && pointer < at + size);
  const block = walk.blocks[index];
  if (!block)
    return `${where} lies behind the damaged block ${hex(memory.base + walk.end)}${before(ctx, walk.blocks.at(-1)?.at)}`;
  const name = `block ${hex(memory.base + block.at)} (${block.size} bytes)`;
  if (block.free) return `${where} lies in the free ${name}: freed twice, or never allocated`;
  const payload = block.at + geometry.header + (ctx.leakHeaders ? leakHeaderSize(memory) : 0);
  const site = siteOf(ctx, block.at);
  if (pointer !== payload)
    return `${where} is not the start of a payload; it lies ${pointer - payload} bytes into ${name}${site}`;
  const part = ctx.leakHeaders ? damagedPart(memory, block.at + geometry.header) : null;
  if (part === "footer") return `${name}${site} was written beyond its end`;
  return `${name}${site} is damaged${before(ctx, walk.blocks[index - 1]?.at)}`;
}

/** ` from file:line` of an allocated block with a sound leak header, else nothing. */
export function siteOf(ctx: MallocContext, block: number): string {
  if (!ctx.leakHeaders) return "";
  const { memory, geometry } = ctx.heap;
  const header = block + geometry.header;
  if (damagedPart(memory, header) === "header") return "";
  const { name, line } = readLeakHeader(memory, header);
  const file = ctx.names.at(name);
  return file === undefined ? "" : ` from ${file ?? "unknown"}:${line}`;
}

function before(ctx: MallocContext, block: number | undefined): string {
  return block === undefined
    ? ""
    : `; the block before it is ${hex(ctx.heap.memory.base + block)}${siteOf(ctx, block)}`;
}

function hex(address: number): string {
  return `0x${address.toString(16)}`;
}
