// Which blocks of a heap nobody can reach any more: as valgrind does it, every word that could be a pointer is one.
import type { ByteSpan } from "../instance/c_memory.ts";
import type { CheckedBlock } from "./heap_blocks.ts";

interface Roots {
  readonly word: 4 | 8;
  /** All memory. */
  readonly buffer: ArrayBufferLike;
  /** Where variables lie, but for heaps. */
  readonly spans: readonly ByteSpan[];
}

/** The live blocks to which no variable and no block that can be reached has a pointer, into their inside either. */
export function lostBlocks(live: Iterable<CheckedBlock>, { word, buffer, spans }: Roots): CheckedBlock[] {
  const blocks = [...live].sort((a, b) => a.at - b.at);
  const reached = new Set<CheckedBlock>();
  const words = new Uint32Array(buffer, 0, Math.floor(buffer.byteLength / 4));
  const step = word / 4;
  const todo: ByteSpan[] = [...spans];
  for (let span = todo.pop(); span !== undefined; span = todo.pop()) {
    const end = Math.floor(span.to / word) * step;
    for (let at = Math.ceil(span.from / word) * step; at < end; at += step) {
      const value = words[at] as number;
      if (value === 0 || (word === 8 && words[at + 1] !== 0)) continue;
      const block = blockAt(blocks, value);
      if (block === undefined || reached.has(block)) continue;
      reached.add(block);
      todo.push({ from: block.at, to: block.at + block.size });
    }
  }
  return blocks.filter((block) => !reached.has(block));
}

/** The block that an address points into; `blocks` are in order of their addresses. */
function blockAt(blocks: readonly CheckedBlock[], address: number): CheckedBlock | undefined {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle] as CheckedBlock).at <= address) low = middle + 1;
    else high = middle;
  }
  const block = blocks[low - 1];
  // A pointer to the end of an empty block is one to it.
  return block !== undefined && address < block.at + Math.max(1, block.size) ? block : undefined;
}
