// What is in a heap, for people and for tests: blocks, leaks, a map.
import { walkPool } from "../heap/walk.ts";
import type { MallocContext } from "../malloc/context.ts";
import { type LiveBlock, liveBlocks } from "../malloc/foreach.ts";
import { extra } from "../malloc/malloc.ts";
import { poolsOf } from "../malloc/pools.ts";
import { siteAt } from "../malloc/site.ts";

/** A block, free or allocated. */
export interface HeapBlock {
  /** Offset of its header. */
  readonly at: number;
  /** Bytes with all headers. */
  readonly size: number;
  readonly free: boolean;
  /** Offset of its payload; 0 for a free block. */
  readonly pointer: number;
  /** `file:line` of who allocated it, null where no leak header says so. */
  readonly site: string | null;
  /** True for the heap's own block, its pool table. It cannot be freed. */
  readonly own: boolean;
}

/** All blocks in address order, pool by pool, the pool table among them. Ends a pool early where a header is damaged. */
export function heapBlocks(ctx: MallocContext): HeapBlock[] {
  const { memory, geometry } = ctx.heap;
  const front = geometry.header + extra(ctx);
  return poolsOf(ctx).flatMap((pool) =>
    walkPool(memory, pool).blocks.map(({ at, size, free }) => ({
      at,
      size,
      free,
      pointer: free ? 0 : at + front,
      site: free ? null : siteAt(ctx, at),
      own: !free && at + front === ctx.table,
    })),
  );
}

/** Live blocks without the pool table and without those that were known before. */
export function newLeaks(ctx: MallocContext, known: readonly LiveBlock[]): LiveBlock[] {
  const before = new Set(known.map(keyOf));
  return payloadsOf(ctx).filter((block) => block.at !== ctx.table && !before.has(keyOf(block)));
}

function payloadsOf(ctx: MallocContext): LiveBlock[] {
  if (ctx.leakHeaders) return liveBlocks(ctx);
  return heapBlocks(ctx)
    .filter(({ free }) => !free)
    .map(({ pointer, at, size }) => ({ at: pointer, size: at + size - pointer, file: "unknown", line: 0 }));
}

function keyOf({ at, size, file, line }: LiveBlock): string {
  return `${at} ${size} ${line} ${file}`;
}

/** One line of `columns` characters for each pool: `#` allocated, `.` free, `+` both. */
export function mapOf(ctx: MallocContext, columns: number): string {
  const blocks = heapBlocks(ctx);
  return poolsOf(ctx)
    .map((pool) => {
      const used = new Array<boolean>(columns).fill(false);
      const open = new Array<boolean>(columns).fill(false);
      const column = (at: number): number =>
        Math.min(columns - 1, Math.floor(((at - pool.at) * columns) / pool.length));
      for (const { at, size, free } of blocks) {
        if (at < pool.at || at >= pool.at + pool.length) continue;
        (free ? open : used).fill(true, column(at), column(at + size - 1) + 1);
      }
      return used.map((isUsed, n) => (isUsed ? (open[n] ? "+" : "#") : open[n] ? "." : "#")).join("");
    })
    .join("\n");
}
