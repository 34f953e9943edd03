// Sums up all allocations by call site, and how many were short-lived.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import type { BlockTable } from "../block_table.ts";
import type { RowRange } from "../row_range.ts";

/** Blocks freed after at most so many rows count as short-lived. */
export const SHORT_ROWS = 16;

/** What one call site allocated over time. Bytes with block headers. */
interface SiteChurn {
  /** `file:line`, or the function where no line is known. */
  readonly site: string;
  readonly func: string;
  readonly allocations: number;
  readonly bytes: number;
  /** Blocks among them that were freed within `SHORT_ROWS` rows. */
  readonly shortLived: number;
}

/** All that was allocated, whether freed since or not. */
export interface ChurnReport {
  readonly allocations: number;
  readonly bytes: number;
  readonly shortLived: number;
  /** Most bytes first. */
  readonly bySite: readonly SiteChurn[];
}

/** Sums up the blocks that were made in some rows. */
export function churnReport(trace: RecordedTrace, table: BlockTable, { from, to }: RowRange): ChurnReport {
  const allocations = new Int32Array(trace.sites.length);
  const bytes = new Float64Array(trace.sites.length);
  const short = new Int32Array(trace.sites.length);
  for (let block = 0; block < trace.blocks; block++) {
    const made = table.made[block] as number;
    if (made < from) continue;
    if (made >= to) break;
    const site = trace.site[made] as number;
    const ended = table.ended[block] as number;
    allocations[site] = (allocations[site] as number) + 1;
    bytes[site] = (bytes[site] as number) + (table.bytes[block] as number);
    if (ended >= 0 && ended - made <= SHORT_ROWS) short[site] = (short[site] as number) + 1;
  }
  const bySite = trace.sites
    .map(({ place, func }, site) => ({
      site: place || func || "unknown",
      func,
      allocations: allocations[site] as number,
      bytes: bytes[site] as number,
      shortLived: short[site] as number,
    }))
    .filter((row) => row.allocations > 0)
    .sort((a, b) => b.bytes - a.bytes || (a.site < b.site ? -1 : 1));
  const sum = (value: (row: SiteChurn) => number): number => bySite.reduce((total, row) => total + value(row), 0);
  return {
    allocations: sum((row) => row.allocations),
    bytes: sum((row) => row.bytes),
    shortLived: sum((row) => row.shortLived),
    bySite,
  };
}
