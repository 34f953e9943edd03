// What the index over the free list consists of; free_index.ts is what is done with it.
import type { SizeClasses } from "./index_classes.ts";
import type { MaxTree } from "./index_tree.ts";

/**
 * The free blocks by their place in the list. Places are given out in ascending order as blocks go to the tail, and a
 * block keeps its own as long as it is free, so their order is that of the list. All places are renumbered when they
 * run out. Sizes in quanta.
 */
export interface FreeIndex {
  /** Shift that divides by the quantum. */
  readonly shift: number;
  /** Offset of the block at each place, and its size; 0 for none. */
  at: Int32Array;
  size: Int32Array;
  /** Place by offset in quanta. Where no free block begins, it says nothing. */
  readonly placeOf: Int32Array;
  /** Blocks, and the place that is next given out. */
  count: number;
  end: number;
  /** First fit only. */
  tree: MaxTree | null;
  /** Best fit only. */
  classes: SizeClasses | null;
  /** State of the heap that this stands for. */
  turns: number;
  first: number;
  last: number;
}
