// How both indexes over the free list know a block: by an entry, a record or a place, that names the block in turn.
import type { FreeIndex } from "./index_state.ts";

/** The entry of a block that the index knows. */
export function entryOf(x: FreeIndex, block: number): number {
  return x.words[x.entries + (block >>> x.entryShift)] as number;
}

/** The block of an entry. */
export function blockOf(x: FreeIndex, entry: number): number {
  return x.words[x.blocks + entry] as number;
}
