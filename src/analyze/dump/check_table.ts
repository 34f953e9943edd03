// Checks the pool table of a dump against the pools that were found.
import { load, loadAddress, type Memory } from "../../heap/memory.ts";
import type { Block, Damage, Pool, PoolWalk } from "../../heap/walk.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { leakHeaderSize, releaseOfLeakHeader } from "../../malloc/leak_header.ts";
import type { DumpHeap } from "./placed.ts";
import type { FoundTable } from "./tables.ts";

/**
 * Whether the pool table names the pools that were found. It is an allocated block of the heap: the one that the found
 * table lies in; or, if none was found whole, one in which an entry is half right.
 */
export function checkNamedPools(
  ctx: MallocContext,
  walks: readonly PoolWalk[],
  table: FoundTable | null,
  baseFrom: DumpHeap["baseFrom"],
): Damage[] {
  const m = ctx.heap.memory;
  const pools = walks.map(({ pool }) => pool);
  for (const { blocks } of walks) {
    for (const [n, block] of blocks.entries()) {
      const entries = payloadOf(ctx, block);
      const room = block.at + block.size - entries;
      if (block.free || room < pools.length * 2 * m.geometry.word) continue;
      const holds = table !== null && table.at >= entries && table.at < block.at + block.size;
      if (holds || (table === null && baseFrom !== "nothing" && halfRight(m, entries, pools)))
        return wrongEntries(m, entries, pools, block, blocks[n - 1]);
    }
  }
  return [];
}

/** Where the payload begins. The table of a heap of the mempool layer has a leak header, though its other blocks have none. */
function payloadOf({ heap, leakHeaders }: MallocContext, { at }: Block): number {
  const payload = at + heap.geometry.header;
  const headed = leakHeaders || releaseOfLeakHeader(heap.memory, payload) !== null;
  return headed ? payload + leakHeaderSize(heap.memory) : payload;
}

function halfRight(m: Memory, entries: number, pools: readonly Pool[]): boolean {
  return pools.every((_, n) => {
    const { at, length } = entryAt(m, entries, n);
    return pools.some((pool) => pool.at === at || pool.length === length);
  });
}

function wrongEntries(
  m: Memory,
  entries: number,
  pools: readonly Pool[],
  block: Block,
  before: Block | undefined,
): Damage[] {
  return pools.flatMap((_, n) => {
    const { at, length } = entryAt(m, entries, n);
    if (pools.some((pool) => pool.at === at && pool.length === length)) return [];
    const what = `pool table: entry ${n} names ${length} bytes at 0x${(at + m.base).toString(16)}, but no pool is there`;
    return [{ at: block.at, before: before?.at ?? -1, what }];
  });
}

function entryAt(m: Memory, entries: number, n: number): Pool {
  const entry = entries + 2 * n * m.geometry.word;
  return { at: loadAddress(m, entry) - m.base, length: load(m, entry + m.geometry.word) };
}
