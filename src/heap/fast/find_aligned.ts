// Aligned requests by index: tries the blocks that are large enough, in the order of the list or of the sizes.
import { sizeOf } from "../block.ts";
import { bufGetPos } from "../buf_get_pos.ts";
import { HEAD, type Heap } from "../heap.ts";
import { findRing, LAST_RING, ringOf } from "./class_bits.ts";
import { blockOf } from "./entries.ts";
import type { FreeIndex, ListIndex, SizeIndex } from "./index_state.ts";
import { findFrom } from "./list_search.ts";
import { isBetter, recordsOf } from "./size_search.ts";

/** The block that an aligned request of `size` bytes, no more than the memory has, gets; or HEAD. */
export function findAligned(h: Heap, x: FreeIndex, align: number, extra: number, size: number): number {
  const fits = (block: number): boolean => {
    const free = sizeOf(h.memory, block);
    return free >= size && bufGetPos(h, block, free, align, extra, size) >= 0;
  };
  return x.kind === "size" ? bestWhere(h, x, size, fits) : firstWhere(h, x, size, fits);
}

function firstWhere(h: Heap, x: ListIndex, size: number, fits: (block: number) => boolean): number {
  const quanta = size >> x.quantumShift;
  for (let place = 0; ; place++) {
    place = findFrom(h.memory, x, place, quanta, true);
    if (place < 0) return HEAD;
    if (fits(blockOf(x, place))) return blockOf(x, place);
  }
}

function bestWhere(h: Heap, x: SizeIndex, size: number, fits: (block: number) => boolean): number {
  let ring = findRing(x.words, ringOf(size >> x.quantumShift));
  for (; ring >= 0; ring = ring < LAST_RING ? findRing(x.words, ring + 4) : -1) {
    let best = -1;
    for (const record of recordsOf(x, ring)) {
      if ((best < 0 || isBetter(h.memory, x, record, best)) && fits(blockOf(x, record))) best = record;
    }
    if (best >= 0) return blockOf(x, best);
  }
  return HEAD;
}
