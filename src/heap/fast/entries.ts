// How both indexes over the free list know a block: by an entry, a record or a place, that names the block in turn. Behind
// a free block lies an allocated one, each of the least size or more, so that no two free blocks share a slot in the table of
// entries. Only where a pool follows directly upon another two may. A search still finds both, but the table names only the
// later one, and when the other has to be joined with a neighbour, the index is dropped.
import type { FreeIndex } from "./index_state.ts";

/** The entry of a block that the index knows. */
export function entryOf(x: FreeIndex, block: number): number {
  return x.words[x.entries + (block >>> x.entryShift)] as number;
}

/** The block of an entry. */
export function blockOf(x: FreeIndex, entry: number): number {
  return x.words[x.blocks + entry] as number;
}
