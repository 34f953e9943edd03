// Sums up all allocations by call site, and how many were short-lived.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { nameOfSite } from "../held_blocks.ts";
import { type BlockFollower, followBlocks } from "../live_blocks.ts";
import type { RowRange } from "../row_range.ts";
import { callersOf } from "./callers.ts";

/** Blocks freed after at most so many rows count as short-lived. */
export const SHORT_ROWS = 16;

/** What one call site allocated over time. Bytes with block headers. */
interface SiteChurn {
  /** `file:line`, or the function where no line is known. */
  readonly site: string;
  readonly func: string;
  /** Blocks that were allocated anew. */
  readonly allocations: number;
  /** Blocks that a realloc put into the place of another. */
  readonly reallocs: number;
  /** Of both. */
  readonly bytes: number;
  /** Of the new ones, those that were freed within `SHORT_ROWS` rows; a block lives on through a realloc. */
  readonly shortLived: number;
}

/** All that was allocated, whether freed since or not. */
export interface ChurnReport {
  readonly allocations: number;
  readonly reallocs: number;
  readonly bytes: number;
  readonly shortLived: number;
  /** Most bytes first. */
  readonly bySite: readonly SiteChurn[];
}

/** Counts allocations while the blocks of a trace are followed. */
interface ChurnCount extends BlockFollower {
  /** What was counted, once `SHORT_ROWS` rows more than those asked for were followed. */
  report(): ChurnReport;
}

/** Sums up the blocks that were made in some rows. */
export function churnReport(trace: RecordedTrace, range: RowRange): ChurnReport {
  const count = churnCount(trace, range);
  followBlocks(trace, count).advance(range.to + SHORT_ROWS);
  return count.report();
}

/** Counts the blocks that are made in some rows. */
export function churnCount(trace: RecordedTrace, { from, to }: RowRange): ChurnCount {
  const sums = trace.sites.map(() => ({ allocations: 0, reallocs: 0, bytes: 0, shortLived: 0 }));
  const callers = callersOf(trace.sites);
  return {
    made(live, block, row) {
      const sum = sums[callers[live.site[block] as number] as number];
      if (row < from || row >= to || sum === undefined) return;
      if (live.born[block] === row) sum.allocations++;
      else sum.reallocs++;
      sum.bytes += live.bytes[block] as number;
    },
    gone(live, block, row, into) {
      const born = live.born[block] as number;
      if (into >= 0 || born < from || row - born > SHORT_ROWS || (live.made[block] as number) >= to) return;
      const sum = sums[callers[live.bornAt[block] as number] as number];
      if (sum !== undefined) sum.shortLived++;
    },
    report: () => summary(trace, sums),
  };
}

function summary(trace: RecordedTrace, sums: readonly Omit<SiteChurn, "site" | "func">[]): ChurnReport {
  const bySite = sums
    .map((sum, site) => ({ site: nameOfSite(trace.sites[site]), func: trace.sites[site]?.func ?? "", ...sum }))
    .filter((row) => row.allocations + row.reallocs > 0)
    .sort((a, b) => b.bytes - a.bytes || (a.site < b.site ? -1 : 1));
  const sum = (value: (row: SiteChurn) => number): number => bySite.reduce((total, row) => total + value(row), 0);
  return {
    allocations: sum((row) => row.allocations),
    reallocs: sum((row) => row.reallocs),
    bytes: sum((row) => row.bytes),
    shortLived: sum((row) => row.shortLived),
    bySite,
  };
}
