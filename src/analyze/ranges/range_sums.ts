// What became of the blocks of one heap in a range.
import type { BlockOwner } from "./block_owner.ts";

/** What can be asked of the blocks of a range. */
export const MEASURES = ["retained", "peak", "end", "allocated", "freed"] as const;

/**
 * `retained`: allocated within the range, and there at its end. `peak`: there at its highest point. `end`: there at its end.
 * `allocated`: allocated within it, freed or not. `freed`: freed within it. A realloc frees one block and allocates another.
 */
export type Measure = (typeof MEASURES)[number];

/** Blocks of one owner. Bytes with block headers. */
export interface OwnedSum {
  /** Index into the owners. */
  readonly owner: number;
  readonly blocks: number;
  readonly bytes: number;
}

/** The highest point of a range: the first row after which the most bytes were allocated. */
export interface RangePeak {
  readonly row: number;
  /** Microseconds. */
  readonly time: number;
  readonly bytes: number;
}

/** The blocks of a range by measure and owner: plain data, so that a worker can post it. */
export interface RangeSums {
  /** Rows in the range. */
  readonly rows: number;
  /** Null where the range has no row. */
  readonly peak: RangePeak | null;
  readonly owners: readonly BlockOwner[];
  readonly sums: Readonly<Record<Measure, readonly OwnedSum[]>>;
}
