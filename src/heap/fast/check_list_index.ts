// Compares the index for first fit with the free list: places, their sizes, and what lets a search pass over them.
import type { Damage } from "../walk.ts";
import { blockOf } from "./entries.ts";
import type { ListIndex } from "./index_state.ts";
import { MANY, RANGES, rangeOf, sizeAt } from "./list_index.ts";
import { type ListedBlock, problem } from "./listed_block.ts";
import { FIRST_NODE } from "./max_tree.ts";

/** What is wrong with an index by place. `listed` is the free list. */
export function checkListIndex(x: ListIndex, listed: readonly ListedBlock[]): Damage[] {
  const found: Damage[] = [];
  const places: number[] = [];
  for (let place = 0; place < x.capacity; place++) if (sizeAt(x, place) !== 0) places.push(place);
  if (places.length !== listed.length)
    found.push(problem(0, `${places.length} places have a block, and ${listed.length} blocks are in the list`));
  for (const [n, place] of places.entries()) {
    const { block, quanta } = listed[n] ?? { block: -1, quanta: 0 };
    if (place >= x.end) found.push(problem(block, `place ${place} was not given out yet, but has a size`));
    if (blockOf(x, place) !== block)
      found.push(problem(block, `place ${place} has block ${blockOf(x, place)}, the list another one`));
    else if (sizeAt(x, place) !== Math.min(quanta, MANY))
      found.push(problem(block, `place ${place} has size ${sizeAt(x, place)}, the block ${quanta} quanta`));
    else found.push(...checkWay(x, place, block, quanta));
  }
  for (let range = 1; range < RANGES; range++)
    if (startOf(x, range) < startOf(x, range - 1))
      found.push(problem(0, `range ${range} begins before the one of smaller sizes`));
  return found;
}

/** What would let a search for just this size pass over the place: the start of its range, and the nodes over it. */
function checkWay(x: ListIndex, place: number, block: number, quanta: number): Damage[] {
  const found: Damage[] = [];
  if (startOf(x, rangeOf(quanta)) > place >>> 4)
    found.push(problem(block, `searches for ${quanta} quanta begin behind place ${place}`));
  for (let node = x.firstLeaf + (place >>> 4); node >= FIRST_NODE; node = (node + 224) >>> 4) {
    const value = x.words[(x.nodes >>> 2) + node] as number;
    if (value < 2 * quanta || value === 2 * quanta + 2)
      found.push(problem(block, `node ${node} has no block of ${quanta} quanta below it, but place ${place}`));
  }
  return found;
}

/** The first 16 places that can have a block of the range or a larger one. */
function startOf(x: ListIndex, range: number): number {
  return x.words[range] as number;
}
