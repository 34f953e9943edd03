// Says at which addresses a found heap lies: as given, or as its own pool table and links say.
import { createMemory, type Memory } from "../../heap/memory.ts";
import type { Pool } from "../../heap/walk.ts";
import { baseFromLinks, linksAt } from "./links.ts";
import type { FoundTable } from "./tables.ts";

/** A heap in a dump: the pools of one allocator. */
export interface DumpHeap {
  /** The bytes of the dump from `offset` on. */
  readonly memory: Memory;
  readonly offset: number;
  /** How the address of the first byte is known. */
  readonly baseFrom: "given" | "pool table" | "free list" | "nothing";
  /** The address that was given for the first byte, where the bytes contradict it. */
  readonly contradicted: number | null;
  /** In the order of the pool table; without one by address. */
  readonly pools: readonly Pool[];
  readonly table: FoundTable | null;
}

const PAGE = 4096;

/** The heap of some pools in a dump whose first byte has the address `given`, null if unknown. */
export function placed(m: Memory, given: number | null, pools: readonly Pool[], table: FoundTable | null): DumpHeap {
  const whole = { memory: m, offset: 0, baseFrom: "nothing", contradicted: null, pools, table } as const;
  const says = given === null ? (table?.base ?? baseFromLinks(m, pools)) : contradiction(m, given, pools, table);
  if (says === null && given === null) return whole;
  // A table that contradicts an address on which the links agree is damaged.
  if (says === null) return { ...whole, baseFrom: "given", table: table?.base === given ? table : null };
  const baseFrom = table === null ? "free list" : "pool table";
  return {
    ...whole,
    memory: createMemory(m.bytes, { word: m.geometry.word, base: says }),
    baseFrom,
    contradicted: given,
  };
}

/** The address that the bytes say against the given one; null if they do not. */
function contradiction(m: Memory, given: number, pools: readonly Pool[], table: FoundTable | null): number | null {
  if (table?.base === given) return null;
  const says = table?.base ?? baseFromLinks(m, pools);
  return says === null || says === given || linksAt(m, pools, given) > linksAt(m, pools, says) ? null : says;
}

/** A heap of an image at its own addresses, which can be lower than its offset: with the bytes from its first page on. */
export function placedInImage(m: Memory, pools: readonly Pool[], table: FoundTable): DumpHeap {
  const first = Math.min(...pools.map(({ at }) => at));
  const end = Math.max(...pools.map(({ at, length }) => at + length));
  const offset = Math.max(first - ((first + table.base) % PAGE), 0);
  const moved = pools.map(({ at, length }) => ({ at: at - offset, length }));
  return {
    memory: createMemory(m.bytes.subarray(offset, end), { word: m.geometry.word, base: table.base + offset }),
    offset,
    baseFrom: "pool table",
    contradicted: null,
    pools: moved,
    table: { ...table, at: table.at - offset, end: table.end - offset, base: table.base + offset, pools: moved },
  };
}
