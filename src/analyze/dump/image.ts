// Inspects a dump of much more than a heap, such as the whole secure memory: heaps of the core and of TAs among other data.
import type { Word } from "../../heap/geometry.ts";
import { createMemory, type Memory } from "../../heap/memory.ts";
import type { Pool } from "../../heap/walk.ts";
import { sentinels } from "./chains.ts";
import type { DumpReport } from "./dump_report.ts";
import { distinct, isSure, isSureTable, LEAST_HEAP, type Weighed, weightOf } from "./evidence.ts";
import { refuseMany } from "./find_heaps.ts";
import { reportOn } from "./heap_report.ts";
import { type HeapLife, statesOf } from "./liveness.ts";
import { loosePools } from "./loose_pools.ts";
import type { DumpOptions } from "./options.ts";
import { placed, placedInImage } from "./placed.ts";
import { type FoundTable, findTables, overlap } from "./tables.ts";

/** No heap of OP-TEE is as large. */
const LARGEST_HEAP = 2 ** 20;

const ORDER: readonly HeapLife[] = ["live", "unknown", "dead"];

/** Whether a dump is so large that it holds more than a heap: then only what surely is a heap counts. */
export function isImage(bytes: Uint8Array): boolean {
  return bytes.length > LARGEST_HEAP;
}

interface Reading extends Weighed {
  readonly m: Memory;
}

/**
 * The heaps that a pool table names, of both word sizes, live ones first; and what is a pool for sure without one. The code
 * of the core can have 64 bits and that of a TA 32. Throws `TooManyBlocks`.
 */
export function inspectImage(bytes: Uint8Array, options: DumpOptions): DumpReport[] {
  const words: readonly Word[] = options.word === undefined ? [8, 4] : [options.word];
  const memories = words.map((word) => createMemory(bytes, { word, base: 0 }));
  const readings = memories.flatMap((m) => tablesIn(m).map((one) => ({ ...one, m })));
  const heaps = distinct(readings) as Reading[];
  const covered = heaps.flatMap(({ table }) => table.pools);
  const states = statesOf(
    heaps.map(({ m, table }) => ({ image: m, origin: table.base, pools: table.pools })),
    options.base ?? null,
  );
  const named = heaps.map(({ m, table }, n) => {
    refuseMany(m, table.pools);
    return { ...reportOn(placedInImage(m, table.pools, table), options), state: states[n] ?? "unknown" };
  });
  const loose = loosePoolsIn(memories, covered).map(({ m, pool }) => {
    refuseMany(m, [pool]);
    return reportOn(placed(m, null, [pool], null), options);
  });
  return [...named, ...loose].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || firstOffset(a) - firstOffset(b),
  );
}

/** Pool tables that surely are some. */
function tablesIn(m: Memory): Weighed[] {
  const weighed = (table: FoundTable): Weighed => ({ table, weight: weightOf(m, table) });
  return findTables(m, sentinels(m), null, (table) => isLarge(table) && isSureTable(m, weighed(table))).map(weighed);
}

function isLarge({ pools }: FoundTable): boolean {
  return pools.reduce((sum, { length }) => sum + length, 0) >= LEAST_HEAP;
}

/** Pools for sure that no table names, read with the word size that makes them longer. */
function loosePoolsIn(memories: readonly Memory[], covered: readonly Pool[]): { m: Memory; pool: Pool }[] {
  const found = memories.flatMap((m) =>
    loosePools(m, sentinels(m), covered).flatMap((pool) => (isSure(m, pool) ? [{ m, pool }] : [])),
  );
  return found.filter(
    ({ pool }) => !found.some((other) => overlap(other.pool, pool) && other.pool.length > pool.length),
  );
}

function firstOffset({ offset, pools }: DumpReport): number {
  return offset + Math.min(...pools.map(({ pool }) => pool.at));
}
