// Opens a heap that lies in foreign memory, such as a dump.
import { err, ok, type Result } from "../base/result.ts";
import { createPlainHeap } from "./create_heap.ts";
import { type BuildOptions, HEAD, type Heap } from "./heap.ts";
import { loadAddress } from "./memory.ts";
import { type Block, type Pool, walkPool } from "./walk.ts";

/**
 * Opens the bytes of a heap that ran elsewhere, such as a memory dump, so that it can be walked, checked and even
 * allocated from. What OP-TEE keeps outside of the heap is found from what is inside: the list head is where the links of
 * the free blocks lead out to, the counters follow from the blocks (`gets` becomes the number of live blocks). Errors: a
 * damaged block header, with its offset; links that lead out to more than one place. Other damage is left to `checkHeap`.
 */
export function attachPlainHeap(bytes: Uint8Array, options: BuildOptions, pools: readonly Pool[]): Result<Heap> {
  const probe = createPlainHeap(bytes, options);
  const m = probe.memory;
  const { header, word, quantum } = probe.geometry;
  const used: Block[] = [];
  const free: Block[] = [];
  for (const pool of pools) {
    const { blocks, damage } = walkPool(m, pool);
    if (damage) return err(`block at offset 0x${damage.at.toString(16)}: ${damage.what}`);
    for (const block of blocks) (block.free ? free : used).push(block);
  }
  const isInside = (address: number): boolean => address >= m.base && address < m.base + m.bytes.length;
  const forward = free.filter(({ at }) => !isInside(loadAddress(m, at + header)));
  const back = free.filter(({ at }) => !isInside(loadAddress(m, at + header + word)));
  const exits = new Set([
    ...forward.map(({ at }) => loadAddress(m, at + header)),
    ...back.map(({ at }) => loadAddress(m, at + header + word)),
  ]);
  const [headAddress = options.headAddress ?? probe.headAddress] = exits;
  if (exits.size > 1) {
    const addresses = [...exits].map((address) => `0x${address.toString(16)}`).join(", ");
    return err(
      `free-list links point to ${exits.size} addresses outside the heap (${addresses}): some are damaged, or a pool is missing`,
    );
  }
  // Assigned, so that all heaps have the same shape.
  const heap = Object.assign(createPlainHeap(bytes, { ...options, headAddress }), {
    headForward: back[0]?.at ?? HEAD,
    headBack: forward[0]?.at ?? HEAD,
    allocated: used.reduce((sum, { size }) => sum + size, 0),
    gets: used.length,
    freeSquares: free.reduce((sum, { size }) => sum + (size / quantum) ** 2, 0),
    pools: pools.length,
    poolGets: pools.length,
  });
  return ok(heap);
}
