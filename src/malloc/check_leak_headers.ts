// Checks leak headers and footers.
import { roundUp } from "../base/integer.ts";
import type { Block, Damage, PoolWalk } from "../heap/walk.ts";
import type { MallocContext } from "./context.ts";
import { damagedPart, footerSize, leakHeaderSize, readLeakHeader } from "./leak_header.ts";

/** What is wrong with the leak headers and footers of the allocated blocks of a pool. */
export function checkLeakHeaders(ctx: MallocContext, walk: PoolWalk): Damage[] {
  const found: Damage[] = [];
  let before = -1;
  for (const block of walk.blocks) {
    const what = block.free ? null : problemOf(ctx, block);
    if (what !== null) found.push({ at: block.at, before, what });
    before = block.at;
  }
  return found;
}

function problemOf(ctx: MallocContext, block: Block): string | null {
  const { memory, geometry } = ctx.heap;
  const header = block.at + geometry.header;
  const front = leakHeaderSize(memory);
  // A block that has no room for a leak header was not made by this layer.
  if (block.size < geometry.header + front + footerSize(0)) return "the block has no room for a leak header";
  const part = damagedPart(memory, header, ctx.leakFields);
  if (part === "header") return "the magic number of the leak header is damaged";
  const { name, size } = readLeakHeader(memory, header, ctx.leakFields);
  const needed = geometry.header + roundUp(front + size + footerSize(size), geometry.quantum);
  const spare = block.size - needed;
  // An allocation leaves no more slack than an empty block takes.
  if (spare < 0 || spare > geometry.freeHeader)
    return `the leak header says ${size} bytes, which takes a block of ${needed}, but the block has ${block.size}`;
  if (part === "footer") return "the footer is damaged: written beyond the end of the payload";
  if (ctx.names.at(name) === undefined)
    return `the leak header's file name 0x${name.toString(16)} is not that of a known file`;
  return null;
}
