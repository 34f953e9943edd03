// Prints the block map of a golden run.
import { previousFree } from "../heap/block.ts";
import { back, forward, isLinked } from "../heap/freelist.ts";
import { HEAD, type Heap } from "../heap/heap.ts";
import { type PoolWalk, walkPool } from "../heap/walk.ts";
import type { Allocator } from "./allocator.ts";
import { crc32 } from "./crc32.ts";

/** What a trace wrote into a live block. */
export interface LivePayload {
  readonly at: number;
  readonly size: number;
}

/** A walk over all pools of an allocator. */
export function walkAll(a: Allocator): PoolWalk[] {
  return a.pools().map((pool) => walkPool(a.heap.memory, pool));
}

/** The block map: `pool START LEN`, then `a OFF SIZE` or `f OFF SIZE` for each block. */
export function mapLines(walks: readonly PoolWalk[]): string[] {
  return walks.flatMap(({ pool, blocks }) => [
    `pool ${pool.at} ${pool.length}`,
    ...blocks.map(({ at, size, free }) => `${free ? "f" : "a"} ${at} ${size}`),
  ]);
}

/** Offsets of the free blocks from the head of the list. */
export function freeList(h: Heap): number[] {
  const offsets: number[] = [];
  const limit = h.memory.bytes.length / h.geometry.freeHeader;
  for (let node = h.headForward; node !== HEAD && offsets.length <= limit; node = forward(h, node)) offsets.push(node);
  return offsets;
}

/** True if links and size fields of all blocks agree with each other: the heap check of the trace player. */
export function isCoherent(h: Heap, walks: readonly PoolWalk[]): boolean {
  return walks.every(({ blocks, end, damage }) => {
    let free = 0;
    for (const block of blocks) {
      if (block.previousFree !== free || (block.free && !isLinked(h, block.at))) return false;
      free = block.free ? block.size : 0;
    }
    return damage === null && previousFree(h.memory, end) === free;
  });
}

/** CRC of everything that a heap is: headers, links as offsets, and the payloads of live IDs. */
export function heapCrc(
  h: Heap,
  walks: readonly PoolWalk[],
  payloadOf: (block: number) => LivePayload | undefined,
): number {
  const record = new DataView(new ArrayBuffer(21));
  let crc = 0;
  const add = (kind: string, words: readonly number[]): void => {
    record.setUint8(0, kind.charCodeAt(0));
    words.forEach((word, i) => record.setUint32(1 + 4 * i, word, true));
    crc = crc32(new Uint8Array(record.buffer, 0, 1 + 4 * words.length), crc);
  };
  for (const { blocks, end } of walks) {
    for (const { at, size, free, previousFree: before } of blocks) {
      if (free) {
        add("f", [at, size, before, forward(h, at), back(h, at)]);
        continue;
      }
      const payload = payloadOf(at);
      if (payload === undefined) {
        add("a", [at, size, before]);
      } else {
        add("a", [at, size, before, payload.at, payload.size]);
        crc = crc32(h.memory.bytes.subarray(payload.at, payload.at + payload.size), crc);
      }
    }
    add("e", [end, 0, previousFree(h.memory, end)]);
  }
  return crc;
}
