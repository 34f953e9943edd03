// Compares the index over a free list with the list as it stands in the bytes.
import { isSentinel, sizeOf } from "../block.ts";
import { forward, holdsLinks } from "../freelist.ts";
import { HEAD, type Heap } from "../heap.ts";
import type { Damage } from "../walk.ts";
import { checkListIndex } from "./check_list_index.ts";
import { checkSizeIndex } from "./check_size_index.ts";
import { blockOf, entryOf } from "./entries.ts";
import { finderOf } from "./finder.ts";
import type { FreeIndex } from "./index_state.ts";
import { type ListedBlock, problem } from "./listed_block.ts";

/**
 * Finds where a heap's index would not answer as a look at the bytes does, or would lose a block later: blocks that it lacks
 * or has too many, wrong sizes, wrong order, broken links. Reads only, ends always. An empty list means that the index is
 * sound, or that there is none. `at` is a block's offset; 0 where no block is to blame. Damage in the bytes is `checkHeap`'s.
 */
export function checkIndex(h: Heap): Damage[] {
  const x = finderOf(h)?.index ?? null;
  if (x === null) return [];
  const listed = listedBlocks(h, x.quantumShift);
  if (listed === null) return [problem(h.headForward, "the free list cannot be followed to its end")];
  const found = x.kind === "size" ? checkSizeIndex(x, listed) : checkListIndex(x, listed);
  return [...found, ...checkTable(h, x, listed)];
}

/** The free list from its head; null if it leaves the memory or runs in a circle. */
function listedBlocks(h: Heap, quantumShift: number): ListedBlock[] | null {
  const listed: ListedBlock[] = [];
  for (let block = h.headForward; block !== HEAD; block = forward(h, block)) {
    if (!holdsLinks(h, block) || listed.length > h.memory.blockLimit) return null;
    listed.push({ block, quanta: sizeOf(h.memory, block) >> quantumShift });
  }
  return listed;
}

/** The table has to name every block, but for two so close that they share a slot: there it may name a former one. */
function checkTable(h: Heap, x: FreeIndex, listed: readonly ListedBlock[]): Damage[] {
  return listed.flatMap(({ block, quanta }) => {
    const named = blockOf(x, entryOf(x, block));
    const isFine = named === block || sharesSlot(h, x, block, block + (quanta << x.quantumShift));
    return isFine ? [] : [problem(block, `the table of entries has block ${named} here`)];
  });
}

/** True if the slot has room for a block of the pool before, or of the one behind, where a sentinel parts them. */
function sharesSlot({ memory, geometry }: Heap, x: FreeIndex, block: number, end: number): boolean {
  const { header, freeHeader } = geometry;
  const isInSlot = (other: number): boolean => other >>> x.entryShift === block >>> x.entryShift;
  const sentinel = block - header;
  if (sentinel >= freeHeader && isInSlot(sentinel - freeHeader) && isSentinel(memory, sentinel)) return true;
  return isInSlot(end + header) && isSentinel(memory, end);
}
