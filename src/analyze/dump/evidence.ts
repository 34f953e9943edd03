// Weighs how sure it is that bytes are a heap: a large dump has much that looks like one.
import { checkWalk } from "../../heap/check.ts";
import type { Memory } from "../../heap/memory.ts";
import { type Block, type Pool, walkPool } from "../../heap/walk.ts";
import { holderOf } from "./held.ts";
import { strayLinks } from "./links.ts";
import { type FoundTable, overlap } from "./tables.ts";
import { walkThrough } from "./walk_through.ts";

/** Blocks that agree with each other by more than chance, with other signs and without. */
const FEW = 4;
const MANY = 8;

/**
 * How much speaks for a pool table: 3, blocks and links lead through all its pools, and a block holds it; 2, one holds it, but
 * something is damaged; 1, blocks and links lead through all pools; 0, neither.
 */
export function weightOf(m: Memory, { at, base, pools }: FoundTable): number {
  const parts = pools.map((pool) => walkThrough(m, pool));
  const whole = parts.every(({ walk }) => checkWalk(m, walk).length === 0) && strayLinks(m, pools, base) === 0;
  const blocks = parts.flatMap(({ walk, rest }) => [walk, ...rest]).flatMap((walk) => walk.blocks);
  const holds = ({ at: block, size, free }: Block): boolean => !free && at > block && at < block + size;
  return (holderOf(m, at) >= 0 && blocks.some(holds) ? 2 : 0) + (whole ? 1 : 0);
}

/** No heap among other data is smaller. */
const LEAST_HEAP = 1024;
const PAGE = 4096;

/**
 * Whether a table among other data is one for sure. A damaged heap needs blocks that agree in half of it, or a second block and
 * an address with the offset in its page that the dump gives it: memory is mapped by pages.
 */
export function isSureTable(m: Memory, table: FoundTable): boolean {
  const size = table.pools.reduce((sum, { length }) => sum + length, 0);
  if (size < LEAST_HEAP) return false;
  const weight = weightOf(m, table);
  if (weight === 3) return true;
  const blocks = table.pools.flatMap((pool) => {
    const { walk, rest } = walkThrough(m, pool);
    return [walk, ...rest].flatMap((one) => one.blocks);
  });
  const covered = blocks.reduce((sum, block) => sum + block.size, 0);
  const inPlace = table.base % PAGE === 0;
  if (weight === 2) return (inPlace && isSeconded(table, blocks)) || (blocks.length >= FEW && 2 * covered >= size);
  return blocks.length >= (inPlace ? FEW : MANY) && 2 * covered >= size;
}

/**
 * Whether something agrees with the block that holds the table, as that alone is found in noise as well: another block, or the
 * free one before it, which begins the pool.
 */
function isSeconded({ pools }: FoundTable, blocks: readonly Block[]): boolean {
  const begins = new Set(pools.map(({ at }) => at));
  return blocks.length > 1 || blocks.some(({ at, previousFree: free }) => free > 0 && begins.has(at - free));
}

/** Whether a pool that no table names is one for sure: sound from its start to its end, with many blocks and a free one, or very many. */
export function isSure(m: Memory, pool: Pool): boolean {
  const walk = walkPool(m, pool);
  if (pool.length < LEAST_HEAP || walk.blocks.length < MANY) return false;
  const tells = walk.blocks.some(({ free }) => free) || walk.blocks.length >= MANY * MANY;
  return tells && checkWalk(m, walk).length === 0;
}

/** A table, and how much speaks for it. */
export interface Weighed {
  readonly table: FoundTable;
  readonly weight: number;
}

/** Without tails of another table, and without those whose pools lie over those of one for which more speaks. */
export function distinct(tables: readonly Weighed[]): Weighed[] {
  const chosen: Weighed[] = [];
  const room = ({ pools }: FoundTable): number => pools.reduce((sum, { length }) => sum + length, 0);
  const isTail = (one: FoundTable): boolean =>
    tables.some(({ table: { at, base, end } }) => base === one.base && at < one.at && one.at < end);
  const byWeight = (a: Weighed, b: Weighed): number =>
    b.weight - a.weight || room(b.table) - room(a.table) || a.table.at - b.table.at;
  for (const one of tables.filter(({ table }) => !isTail(table)).sort(byWeight)) {
    const taken = one.table.pools.some((pool) =>
      chosen.some(({ table }) => table.pools.some((other) => overlap(other, pool))),
    );
    if (!taken) chosen.push(one);
  }
  return chosen;
}
