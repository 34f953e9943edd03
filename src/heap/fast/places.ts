// First fit by index: places are given to blocks that go to the tail of the list, and anew, without gaps, when they have
// run out.

import type { Memory } from "../memory.ts";
import type { ListIndex } from "./index_state.ts";
import { layOut, MANY, over16, RANGES, sizeByte } from "./list_index.ts";
import { fillTree, raise } from "./max_tree.ts";

/** A block went to the tail of the list. */
export function appendPlace(m: Memory, x: ListIndex, block: number, quanta: number): void {
  if (x.end === x.capacity) renumber(m, x);
  const place = x.end;
  x.end = place + 1;
  x.words[x.blocks + place] = block;
  x.words[x.entries + (block >>> x.entryShift)] = place;
  x.bytes[x.sizes + sizeByte(place)] = quanta < MANY ? quanta : MANY;
  raise(x, place, quanta);
}

/** Moves all blocks to the lowest places; makes more places where fewer than half became free. */
function renumber(m: Memory, x: ListIndex): void {
  const { words, bytes, entries, blocks, sizes, end } = x;
  let to = 0;
  let from = 0;
  // In sections between the places up to which there is no block of a range, since these move along.
  for (let range = 0; range <= RANGES; range++) {
    const stop = range < RANGES ? (words[range] as number) << 4 : end;
    for (; from < stop; from++) {
      const size = bytes[sizes + sizeByte(from)] as number;
      if (size === 0) continue;
      const block = words[blocks + from] as number;
      words[blocks + to] = block;
      words[entries + (block >>> x.entryShift)] = to;
      bytes[sizes + sizeByte(to)] = size;
      to = (to + 1) | 0;
    }
    if (range < RANGES) words[range] = to >>> 4;
  }
  for (let place = to; place < end; place++) bytes[sizes + sizeByte(place)] = 0;
  x.end = to;
  if (2 * to > x.capacity) widen(x);
  rebuildTree(m, x);
}

/** Sets all nodes of the tree by what is below them. */
function rebuildTree(m: Memory, x: ListIndex): void {
  const leaves = x.leaves >>> 2;
  const groups = (x.end + 15) >>> 4;
  for (let group = 0; group < groups; group++) x.words[leaves + group] = over16(m, x, group);
  x.words.fill(0, leaves + groups, x.blocks);
  fillTree(x);
}

/** Doubles the places. */
function widen(x: ListIndex): void {
  const { words, bytes, blocks, sizes, nodes, capacity } = x;
  layOut(x, 2 * capacity);
  x.words.set(words.subarray(0, nodes >>> 2));
  x.words.set(words.subarray(blocks, blocks + capacity), x.blocks);
  x.bytes.set(bytes.subarray(sizes, sizes + capacity), x.sizes);
}
