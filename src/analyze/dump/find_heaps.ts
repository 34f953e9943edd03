// Finds the heaps in the bytes of a dump.

import { checkWalk } from "../../heap/check.ts";
import type { Word } from "../../heap/geometry.ts";
import { createMemory, type Memory } from "../../heap/memory.ts";
import { type Pool, walkPool } from "../../heap/walk.ts";
import { blockSize, sentinels } from "./chains.ts";
import { distinct, weightOf } from "./evidence.ts";
import { strayLinks } from "./links.ts";
import { loosePools } from "./loose_pools.ts";
import { type DumpHeap, placed, placedInImage } from "./placed.ts";
import { type FoundTable, findTables } from "./tables.ts";

/** No heap of OP-TEE has as many blocks, and each takes up to 3 KiB where it is damaged: caught where a dump is inspected. */
export class TooManyBlocks extends Error {}

export const MAX_BLOCKS = 2 ** 16;

/** What speaks for a table more than all else: the given address. */
const AS_GIVEN = 4;

/**
 * Finds the heaps in the bytes of a dump, for one word size. OP-TEE's malloc layer keeps a table of its pools in the heap
 * itself, which names them all; where there is none, or a damaged one, pools are found from the headers that end them.
 * `given` pools stand for what would be found. `base`: address of the first byte, null if unknown; where the bytes contradict
 * it they count. Throws `TooManyBlocks`.
 */
export function findHeaps(
  bytes: Uint8Array,
  word: Word,
  base: number | null,
  given: readonly Pool[] = [],
): readonly DumpHeap[] {
  const m = createMemory(bytes, { word, base: base ?? 0 });
  if (given.length > 0) {
    refuseMany(m, given);
    const table = tableAmong(m, base, given);
    return [table !== null && table.base < 0 ? placedInImage(m, given, table) : placed(m, base, given, table)];
  }
  const ends = sentinels(m);
  const tables = tablesIn(m, ends, base);
  const covered = tables.flatMap(({ pools }) => pools);
  const loose = loosePools(m, ends, covered);
  refuseMany(m, [...covered, ...loose]);
  const [only] = tables;
  if (only === undefined) return loose.length === 0 ? [] : [placed(m, base, loose, null)];
  if (tables.length > 1) return tables.map((table) => placed(m, base, table.pools, table));
  // A table that lost an entry names fewer pools than it has; those of its layer are aligned, and linked with the others.
  const stray = strayLinks(m, only.pools, only.base);
  const lost = loose.filter((pool) => {
    const isLinked = strayLinks(m, [...only.pools, pool], only.base) <= stray;
    return (pool.at + only.base) % m.geometry.quantum === 0 && isLinked && checkWalk(m, walkPool(m, pool)).length === 0;
  });
  return [placed(m, base, [...only.pools, ...lost], only)];
}

/** Pool tables at the given address, and at others; of those whose pools lie over each other the best. */
function tablesIn(
  m: Memory,
  ends: readonly number[],
  base: number | null,
  sure: ((table: FoundTable) => boolean) | null = null,
): FoundTable[] {
  const found = [...(base === null ? [] : findTables(m, ends, base)), ...findTables(m, ends, null, sure)];
  const weigh = (table: FoundTable): number => {
    const weight = weightOf(m, table);
    return table.base === base && weight > 0 ? weight + AS_GIVEN : weight;
  };
  return distinct(found.map((table) => ({ table, weight: weigh(table) }))).map(({ table }) => table);
}

/** The pool table in given pools; in a large dump they can have addresses that are lower than their offsets. */
function tableAmong(m: Memory, base: number | null, given: readonly Pool[]): FoundTable | null {
  const ends = given.map(({ at, length }) => at + length - m.geometry.header);
  const [table] = tablesIn(m, ends, base);
  return table ?? tablesIn(m, ends, null, () => true)[0] ?? null;
}

/** Counts the blocks of pools up to where they make no sense, before any is remembered. */
export function refuseMany(m: Memory, pools: readonly Pool[]): void {
  let count = 0;
  for (const pool of pools) {
    const end = pool.at + pool.length - m.geometry.header;
    for (let at = pool.at, size = blockSize(m, at); size > 0 && at < end; at += size, size = blockSize(m, at))
      if (++count > MAX_BLOCKS) throw new TooManyBlocks();
  }
}
