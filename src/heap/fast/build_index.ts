// Builds an index over the free list: for best fit one by size, for first fit one in the order of the list. Only searches do.
import { previousFree, sizeOf } from "../block.ts";
import { forward, holdsLinks, isLinked } from "../freelist.ts";
import { HEAD, type Heap } from "../heap.ts";
import type { FastFinder } from "./finder.ts";
import type { FreeIndex } from "./index_state.ts";
import { createListIndex } from "./list_index.ts";
import { appendPlace } from "./places.ts";
import { createSizeIndex, enterLast } from "./size_index.ts";

/** Builds the index from the bytes; none if anything in the list is not as it should be: then only a scan is right. */
export function buildIndex(h: Heap, f: FastFinder): void {
  f.index = null;
  const m = h.memory;
  const limit = m.blockLimit;
  let count = 0;
  for (let block = h.headForward; block !== HEAD; block = forward(h, block)) {
    if (++count > limit || !isSound(h, block)) return;
  }
  const x = h.bestFit ? createSizeIndex(m.bytes.length, m.wide) : createListIndex(m.bytes.length, m.wide);
  for (let block = h.headForward; block !== HEAD; block = forward(h, block)) {
    enterBlock(h, x, block, sizeOf(m, block));
  }
  f.index = x;
}

/** Enters a block of `size` bytes behind all others. */
export function enterBlock(h: Heap, x: FreeIndex, block: number, size: number): void {
  const quanta = size >> x.quantumShift;
  if (x.kind === "size") enterLast(x, block, quanta);
  else appendPlace(h.memory, x, block, quanta);
}

function isSound(h: Heap, block: number): boolean {
  const m = h.memory;
  if (!holdsLinks(h, block) || !isEven(h, block) || (block & 3) !== 0) return false;
  const size = sizeOf(m, block);
  return (
    size > 0 &&
    size % m.geometry.quantum === 0 &&
    block + size <= m.lastHeader &&
    isLinked(h, block) &&
    previousFree(m, block) === 0 &&
    previousFree(m, block + size) === size
  );
}

/** True if a block's address is a multiple of the quantum. */
function isEven(h: Heap, block: number): boolean {
  return (h.memory.base + block) % h.geometry.quantum === 0;
}
