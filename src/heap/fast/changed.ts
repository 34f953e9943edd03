// The one call that the plain lines tell a finder with. The short ways change list and index together, and call nobody.
import type { Heap } from "../heap.ts";
import { enterBlock } from "./build_index.ts";
import { blockOf, entryOf } from "./entries.ts";
import { type FastFinder, finderOf } from "./finder.ts";
import type { FreeIndex } from "./index_state.ts";
import { growPlace, MANY, shrinkPlace, sizeAt } from "./list_index.ts";
import { removeRecord, resizeRecord } from "./size_index.ts";

/** Brings the index up to date with a block of the list; drops it where it does not know the block, or cannot hold it. */
export function finderChanged(h: Heap, block: number, from: number, to: number): void {
  const f = finderOf(h) as FastFinder;
  const x = f.index;
  if (x === null) return;
  const { quantum } = h.geometry;
  if ((h.memory.base + block) % quantum !== 0 || from % quantum !== 0 || to % quantum !== 0) {
    f.index = null;
  } else if (from === 0) {
    // A block that joins the one behind it is in the list before that has left.
    f.hidden = entryOf(x, block);
    enterBlock(h, x, block, to);
  } else {
    const entry = knows(x, entryOf(x, block), block, from) ? entryOf(x, block) : f.hidden;
    if (knows(x, entry, block, from)) change(x, entry, from >> x.quantumShift, to >> x.quantumShift);
    else f.index = null;
  }
}

/** True if the entry is that of a free block of `size` bytes there. */
export function knows(x: FreeIndex, entry: number, block: number, size: number): boolean {
  if (blockOf(x, entry) !== block) return false;
  return x.kind === "size" || (entry < x.end && sizeAt(x, entry) === Math.min(size >> x.quantumShift, MANY));
}

function change(x: FreeIndex, entry: number, from: number, to: number): void {
  if (x.kind === "list") {
    if (to < from) shrinkPlace(x, entry, to);
    else growPlace(x, entry, to);
  } else if (to === 0) removeRecord(x, entry, from);
  else resizeRecord(x, entry, from, to);
}
