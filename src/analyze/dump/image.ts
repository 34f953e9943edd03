// Inspects a dump of much more than a heap, such as the whole secure memory: heaps of the core and of TAs among other data.
import type { Word } from "../../heap/geometry.ts";
import { createMemory, type Memory } from "../../heap/memory.ts";
import type { Pool } from "../../heap/walk.ts";
import { findState, readState, type StatePlace } from "./allocator_state.ts";
import { sentinels } from "./chains.ts";
import type { DumpReport } from "./dump_report.ts";
import { distinct, isSure, isSureTable, type Weighed, weightOf } from "./evidence.ts";
import { refuseMany } from "./find_heaps.ts";
import { reportOn } from "./heap_report.ts";
import { type HeapLife, standingsOf } from "./liveness.ts";
import { loosePools } from "./loose_pools.ts";
import type { DumpOptions } from "./options.ts";
import { type HeapOwner, ownerOf } from "./owner.ts";
import { pathsIn } from "./paths.ts";
import { placed, placedInImage } from "./placed.ts";
import { tablesOfStates } from "./states.ts";
import { type FoundTable, findTables, overlap } from "./tables.ts";

/** No heap of OP-TEE is as large. */
const LARGEST_HEAP = 2 ** 20;

const ORDER: readonly HeapLife[] = ["live", "unknown", "dead"];

/** Whether a dump is so large that it holds more than a heap: then only what surely is a heap counts. */
export function isImage(bytes: Uint8Array): boolean {
  return bytes.length > LARGEST_HEAP;
}

/** What speaks for a table more than all that is found in the heap. */
const NAMED = 4;

interface Reading extends Weighed {
  readonly m: Memory;
}

/** A heap of an image: its pools, and what tells whether it lives and what it has counted. */
export interface ImageHeap {
  /** The whole image, read with the heap's word size. */
  readonly m: Memory;
  readonly table: FoundTable;
  readonly life: HeapLife;
  readonly owner: HeapOwner;
  /** What the allocator keeps outside of the heap; null where it is not found. */
  readonly place: StatePlace | null;
}

/**
 * The heaps of an image that a pool table names, of both word sizes. The code of the core can have 64 bits and that of a TA
 * 32. `base`: what was given as the address of the first byte, which can be the physical one.
 */
export function heapsIn(bytes: Uint8Array, word: Word | undefined, base: number | null): ImageHeap[] {
  const heaps = sureTables(memoriesOf(bytes, word));
  const { standings, physical } = standingsOf(
    heaps.map(({ m, table }) => ({ image: m, origin: table.base, pools: table.pools })),
    base,
  );
  return heaps.map(({ m, table }, n) => {
    const { life, core } = standings[n] ?? { life: "unknown", core: null };
    const place = placeOfState(m, table);
    return { m, table, life, place, owner: ownerOf(m, table, place, core, life === "dead" ? null : physical) };
  });
}

function placeOfState(m: Memory, { at, base, pools }: FoundTable): StatePlace | null {
  const near = Math.min(...pools.map((pool) => pool.at));
  return findState(m, { origin: base, table: base + at, poolCount: pools.length, near });
}

/** Reports on a heap of an image. Throws `TooManyBlocks`. */
export function reportImageHeap({ m, table, life, owner, place }: ImageHeap, options: DumpOptions): DumpReport {
  refuseMany(m, table.pools);
  const counted = place === null ? null : readState(m, place);
  const nameAt = options.nameAt ?? pathsIn(m, table.base);
  // TAs have no lock, and scratch pools use none.
  const locked = counted === null || owner.kind !== "core" || owner.scratch ? null : counted.lock !== 0;
  const report = reportOn(placedInImage(m, table.pools, table), { ...options, nameAt }, true, counted, locked);
  return { ...report, owner, state: life };
}

/** The heaps that a pool table names, live ones first; and what is a pool for sure without one. Throws `TooManyBlocks`. */
export function inspectImage(bytes: Uint8Array, options: DumpOptions): DumpReport[] {
  const heaps = heapsIn(bytes, options.word, options.base ?? null);
  const covered = heaps.flatMap(({ table }) => table.pools);
  const named = heaps.map((heap) => reportImageHeap(heap, options));
  const loose = loosePoolsIn(memoriesOf(bytes, options.word), covered).map(({ m, pool }) => {
    refuseMany(m, [pool]);
    return reportOn(placed(m, null, [pool], null), options, false);
  });
  return [...named, ...loose].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || firstOffset(a) - firstOffset(b),
  );
}

/** The bytes read with each word size, or with the given one. */
function memoriesOf(bytes: Uint8Array, word: Word | undefined): Memory[] {
  const words: readonly Word[] = word === undefined ? [8, 4] : [word];
  return words.map((one) => createMemory(bytes, { word: one, base: 0 }));
}

/** Pool tables that surely are some; of those whose pools lie over each other the best. */
function sureTables(memories: readonly Memory[]): Reading[] {
  const found = memories.flatMap((m) => {
    const ends = sentinels(m);
    const tables = findTables(m, ends, null, (table) => isSureTable(m, table));
    const weighed = tables.map((table) => ({ m, table, weight: weightOf(m, table) }));
    // What the allocator itself names weighs more than what looks like a heap.
    return [...weighed, ...tablesOfStates(m, ends).map((table) => ({ m, table, weight: NAMED }))];
  });
  return distinct(found) as Reading[];
}

/**
 * What was found in a smaller dump, put right by what surely is a heap there, if anything is: sound ones that were missed, of
 * the other word size perhaps, are added; what lies beside them and is less sure was none.
 */
export function withSureHeaps(reports: readonly DumpReport[], bytes: Uint8Array, options: DumpOptions): DumpReport[] {
  const sure = sureTables(memoriesOf(bytes, options.word));
  if (!sure.some(({ weight }) => weight >= 3)) return [...reports];
  // A heap at addresses lower than its offset was read with others, unless an address was given.
  const isOne = ({ word, base, offset, pools }: DumpReport, { m, table, weight }: Reading): boolean =>
    word === m.geometry.word &&
    (weight < 3 || options.base !== undefined || base - offset === table.base) &&
    pools.some(({ pool }) => table.pools.some(({ at }) => at === pool.at + offset));
  const kept = reports.filter((report) => report.table && sure.some((one) => isOne(report, one)));
  const missed = sure.filter((one) => !kept.some((report) => isOne(report, one)));
  const added = missed.map(({ m, table }) => reportOn(placedInImage(m, table.pools, table), options));
  return [...kept, ...added].sort((a, b) => firstOffset(a) - firstOffset(b));
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
