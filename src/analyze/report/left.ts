// Sums up blocks that were never freed, and those that instances left when they ended.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { tableRows } from "../../replay/trace_row.ts";
import { heldBlocks, nameOfSite } from "../held_blocks.ts";
import type { Holder } from "../holders.ts";
import { isLibraryOwn } from "../leak/library.ts";
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

/** Blocks that a TA itself took, and that were left when instances of it ended. Bytes with block headers. */
export interface LeakedReport {
  /** Instances that left some. */
  readonly instances: number;
  readonly blocks: number;
  readonly bytes: number;
  readonly bySite: readonly Holder[];
}

/** The part of it that instances which ended have left, without what a library keeps as long as the heap. `ended` are indices. */
export function leakedReport(
  trace: RecordedTrace,
  live: LiveBlocks,
  { from }: RowRange,
  ended: ReadonlySet<number>,
): LeakedReport {
  const instances = new Set<number>();
  const left = heldBlocks(trace, live, (block, made) => {
    const instance = live.instance[block] as number;
    if (made < from || !ended.has(instance)) return false;
    if (isLibraryOwn(nameOfSite(trace.sites[live.site[block] as number]))) return false;
    instances.add(instance);
    return true;
  });
  return { instances: instances.size, blocks: left.blocks, bytes: left.bytes, bySite: left.bySite() };
}
