// Reads the call site of a block from its leak header.
import { isSentinel, sizeOf } from "../heap/block.ts";
import type { MallocContext } from "./context.ts";
import { leakHeaderSize, readLeakHeader } from "./leak_header.ts";

/**
 * `file:line` of an allocated block, as its leak header says, or null: no leak headers, not an allocated block, or a
 * pointer to an unknown name. The header may be damaged otherwise. `block` may be any offset.
 */
export function siteAt(ctx: MallocContext, block: number): string | null {
  const { memory, geometry } = ctx.heap;
  if (!ctx.leakHeaders) return null;
  const header = block + geometry.header;
  if (!(block >= 0 && header + leakHeaderSize(memory) <= memory.bytes.length)) return null;
  if (!(sizeOf(memory, block) < 0) || isSentinel(memory, block)) return null;
  return siteIn(ctx, header);
}

/** `file:line` that a leak header holds, sound or not; null for an unknown name. */
export function siteIn(ctx: MallocContext, header: number): string | null {
  const { name, line } = readLeakHeader(ctx.heap.memory, header, ctx.leakFields);
  const file = ctx.names.at(name);
  return file === undefined ? null : `${file ?? "unknown"}:${line}`;
}
