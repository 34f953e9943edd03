// Sums up blocks that were never freed.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { tableRows } from "../../replay/trace_row.ts";
import { heldBlocks } from "../held_blocks.ts";
import type { Holder } from "../holders.ts";
import type { LiveBlocks } from "../live_blocks.ts";
import type { RowRange } from "../row_range.ts";

/** Blocks that were made in some rows and never freed there. Bytes with block headers. */
export interface LeftReport {
  readonly blocks: number;
  readonly bytes: number;
  readonly bySite: readonly Holder[];
  /** By the mark in which each block was made, so that what the boot keeps stands apart. */
  readonly byMark: readonly Holder[];
}

/**
 * What was made from the first of these rows on and is left after the last, up to which the blocks were followed; of all
 * instances together, without the heaps' own pool tables.
 */
export function leftReport(trace: RecordedTrace, live: LiveBlocks, { from }: RowRange): LeftReport {
  const own = tableRows(trace);
  const left = heldBlocks(trace, live, (_, made) => made >= from && !own.has(made));
  return { blocks: left.blocks, bytes: left.bytes, bySite: left.bySite(), byMark: left.byMark() };
}
