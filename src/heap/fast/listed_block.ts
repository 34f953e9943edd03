// The free list as the checkers of an index read it.
import type { Damage } from "../walk.ts";

/** A block of the free list, with its size in quanta as its header has it. */
export interface ListedBlock {
  readonly block: number;
  readonly quanta: number;
}

/** A damage of which only the block is known. */
export function problem(at: number, what: string): Damage {
  return { at, before: -1, what };
}
