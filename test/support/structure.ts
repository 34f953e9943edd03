// What every byte of a heap is there for, worked out from the layout and not with the checker's own code.
import { walkPool } from "../../src/heap/walk.ts";
import type { MallocContext } from "../../src/malloc/context.ts";
import { extra } from "../../src/malloc/malloc.ts";
import { entrySize, poolsOf } from "../../src/malloc/pools.ts";

/** What a byte is there for. */
export interface Byte {
  readonly kind: "header" | "links" | "free" | "leak header" | "footer" | "table" | "payload" | "outside";
  /** Offset of the block it belongs to, the sentinel's for that; -1 outside of the pools. */
  readonly block: number;
  /** Whether a change of it can be found. */
  readonly structure: boolean;
}

/** Explains every byte of the memory of a sound context. */
export function classify(ctx: MallocContext): Byte[] {
  const { memory, geometry: g, freeWipe } = ctx.heap;
  const bytes: Byte[] = Array.from({ length: memory.bytes.length }, () => ({
    kind: "outside",
    block: -1,
    structure: false,
  }));
  const put = (from: number, length: number, byte: Byte): unknown => bytes.fill(byte, from, from + length);
  for (const pool of poolsOf(ctx)) {
    const { blocks, end } = walkPool(memory, pool);
    for (const { at, size, free: isFree } of blocks) {
      put(at, g.header, { kind: "header", block: at, structure: true });
      if (isFree) {
        put(at + g.header, g.header, { kind: "links", block: at, structure: true });
        // The inside of a free block is compared with the wiping pattern in a debug build only.
        put(at + g.freeHeader, size - g.freeHeader, { kind: "free", block: at, structure: freeWipe });
      } else {
        put(at + g.header, size - g.header, { kind: "payload", block: at, structure: false });
        if (ctx.leakHeaders) classifyLeakHeader(ctx, bytes, at);
      }
    }
    put(end, g.header, { kind: "header", block: end, structure: true });
  }
  const block = ctx.table - extra(ctx) - g.header;
  put(ctx.table, ctx.poolCount * entrySize(ctx), { kind: "table", block, structure: true });
  return bytes;
}

/** Undetectable: the line, the padding, bits of the size that do not move the footer; the name may become another known one. */
function classifyLeakHeader(ctx: MallocContext, bytes: Byte[], block: number): void {
  const { memory, geometry: g } = ctx.heap;
  const header = block + g.header;
  const field = g.word === 8 ? { size: 12, magic: 16 } : { size: 8, magic: 12 };
  const put = (from: number, length: number): unknown =>
    bytes.fill({ kind: "leak header", block, structure: true }, header + from, header + from + length);
  put(0, g.word);
  put(field.size, 4);
  put(field.magic, 4);
  const size = memory.view.getUint32(header + field.size, true);
  const footer = header + extra(ctx) + Math.ceil(size / 4) * 4;
  bytes.fill({ kind: "footer", block, structure: true }, footer, footer + 4);
}

/**
 * True if a damaged byte still says nothing that is wrong by itself: the file became another known one, or the size one
 * whose footer stands at the same place. `size` is what `recordedSize` gave before.
 */
export function isPlausible(ctx: MallocContext, byte: Byte, at: number, size: number): boolean {
  if (byte.kind !== "leak header") return false;
  const { memory, geometry: g } = ctx.heap;
  const header = byte.block + g.header;
  if (at < header + g.word) {
    const low = memory.view.getUint32(header, true);
    return (g.word === 4 || memory.view.getUint32(header + 4, true) === 0) && ctx.names.at(low) !== undefined;
  }
  const now = recordedSize(ctx, byte);
  return now !== size && Math.ceil(now / 4) === Math.ceil(size / 4);
}

/** Size in the leak header that a byte belongs to; 0 for other bytes. */
export function recordedSize(ctx: MallocContext, byte: Byte): number {
  if (byte.kind !== "leak header") return 0;
  const { memory, geometry: g } = ctx.heap;
  return memory.view.getUint32(byte.block + g.header + (g.word === 8 ? 12 : 8), true);
}
