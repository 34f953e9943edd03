// Sums up the heap at the end of a golden run.
import { bstats } from "../heap/bstats.ts";
import type { PoolWalk } from "../heap/walk.ts";
import { COUNTERS } from "../malloc/counters.ts";
import type { Allocator } from "./allocator.ts";
import { crc32, crcHex } from "./crc32.ts";
import { heapCrc, type LivePayload } from "./heap_map.ts";

/** State of the heap at the end of a run that did not panic. Checksums are CRC-32 in 8 hex digits. */
export interface EndState {
  readonly stats: readonly number[];
  readonly bget: readonly number[];
  readonly pools: number;
  readonly blocks: number;
  readonly free: number;
  readonly map: string;
  readonly list: string;
  readonly heap: string;
  readonly image: string;
}

/** The summary object of a golden run. */
export interface Summary extends Partial<EndState> {
  readonly lines: number;
  readonly out: string;
  readonly ops: string;
  readonly data: string;
  readonly panic: string | null;
}

/** Sums up an allocator: counters, block map, free list, contents, and all bytes as they lie. */
export function summarize(
  a: Allocator,
  walks: readonly PoolWalk[],
  map: string,
  list: readonly number[],
  payloadOf: (block: number) => LivePayload | undefined,
): EndState {
  const s = a.stats();
  const b = bstats(a.heap);
  const blocks = walks.flatMap((walk) => walk.blocks);
  return {
    stats: COUNTERS.map((name) => s[name]),
    bget: [b.allocated, b.free, b.largestFree, b.gets, b.releases],
    pools: walks.length,
    blocks: blocks.length,
    free: blocks.filter((block) => block.free).length,
    map: crcHex(crc32(map)),
    list: crcHex(crc32(list.map((at) => `${at}\n`).join(""))),
    heap: crcHex(heapCrc(a.heap, walks, payloadOf)),
    image: crcHex(crc32(a.heap.memory.bytes)),
  };
}
