// Checks the pool table of a context.
import { isSentinel, sizeOf } from "../heap/block.ts";
import { type Damage, type Pool, type PoolWalk, walkPool } from "../heap/walk.ts";
import type { MallocContext } from "./context.ts";
import { extra } from "./malloc.ts";
import { entrySize, poolsOf } from "./pools.ts";

/**
 * What is wrong with the pool table, found before anything is done with its entries: they are aligned, in the memory,
 * apart from each other, long enough, as long together as the context has counted, and lead to a pool's end.
 */
export function checkTable(ctx: MallocContext): Damage[] {
  const { memory } = ctx.heap;
  const at = tableBlock(ctx);
  if (!(at >= 0 && ctx.table + ctx.poolCount * entrySize(ctx) <= memory.bytes.length))
    return [{ at, before: -1, what: "the pool table does not lie in the memory" }];
  const pools = poolsOf(ctx);
  const problems = pools.flatMap((pool, n) => {
    const problem = entryProblem(ctx, pool);
    return problem === null ? [] : [`pool table: entry ${n} ${problem}`];
  });
  if (problems.length === 0) problems.push(...tableProblems(ctx, pools));
  const before = problems.length > 0 ? blockBefore(ctx, pools, at) : -1;
  return problems.map((what) => ({ at, before, what }));
}

/** Whether the table lies in an allocated block that is large enough, as far as the walks have come. */
export function checkTableBlock(ctx: MallocContext, walks: readonly PoolWalk[]): Damage[] {
  const at = tableBlock(ctx);
  const report = (what: string): Damage[] => [{ at, before: blockBefore(ctx, poolsOf(ctx), at), what }];
  const walk = walks.find(({ pool }) => at >= pool.at && at < pool.at + pool.length);
  if (!walk) return report("the pool table does not lie in a pool");
  const block = walk.blocks.find((candidate) => candidate.at === at);
  if (!block) return walk.damage !== null ? [] : report("the pool table is not the payload of a block");
  if (block.free) return report("the pool table lies in a free block");
  const room = block.at + block.size - ctx.table;
  return room < ctx.poolCount * entrySize(ctx) ? report("the pool table is longer than its block") : [];
}

function tableBlock(ctx: MallocContext): number {
  return ctx.table - extra(ctx) - ctx.heap.geometry.header;
}

function entryProblem(ctx: MallocContext, { at, length }: Pool): string | null {
  const { memory, geometry } = ctx.heap;
  if (!(at >= 0 && length > 0 && at + length <= memory.bytes.length)) return "points outside of the memory";
  if ((memory.base + at) % geometry.quantum !== 0 || length % geometry.quantum !== 0) return "is not aligned";
  if (length < geometry.header + geometry.freeHeader) return "is shorter than a pool can be";
  return null;
}

function tableProblems(ctx: MallocContext, pools: readonly Pool[]): string[] {
  const { memory, geometry } = ctx.heap;
  const problems: string[] = [];
  const sum = pools.reduce((total, { length }) => total + length, 0);
  if (sum !== ctx.size) problems.push(`pool table: lengths sum to ${sum}, but pools of ${ctx.size} bytes were added`);
  const sorted = pools.toSorted((a, b) => a.at - b.at);
  sorted.forEach((pool, i) => {
    const next = sorted[i + 1];
    if (next && next.at < pool.at + pool.length) problems.push("pool table: two pools overlap");
  });
  if (problems.length > 0) return problems;
  // A damaged block leaves the sentinel where it is, and a damaged sentinel the blocks before it: not both are lost.
  pools.forEach((pool, n) => {
    const end = pool.at + pool.length - geometry.header;
    if (!isSentinel(memory, end) && walkPool(memory, pool).end !== end)
      problems.push(`pool table: entry ${n} does not point to a pool`);
  });
  return problems;
}

/** The block before the table's: by a walk, or where its pool's entry is lost, the nearest header that leads to the table. */
function blockBefore(ctx: MallocContext, pools: readonly Pool[], at: number): number {
  const { memory, geometry } = ctx.heap;
  for (const pool of pools) {
    const { blocks } = walkPool(memory, pool);
    const index = blocks.findIndex((block) => block.at === at);
    if (index >= 0) return blocks[index - 1]?.at ?? -1;
  }
  for (let from = at - geometry.freeHeader; from >= 0; from -= geometry.quantum)
    if (Math.abs(sizeOf(memory, from)) === at - from) return from;
  return -1;
}
