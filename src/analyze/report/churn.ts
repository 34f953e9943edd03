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

/** Sums up the blocks that were made in some rows. */
export function churnReport(trace: RecordedTrace, table: BlockTable, { from, to }: RowRange): ChurnReport {
  const columns = (): Int32Array => new Int32Array(trace.sites.length);
  const [allocations, reallocs, short, bytes] = [columns(), columns(), columns(), new Float64Array(trace.sites.length)];
  const count = (column: Int32Array | Float64Array, row: number, n = 1): void => {
    const site = trace.site[row] as number;
    column[site] = (column[site] as number) + n;
  };
  /** The row in which each block was allocated, before any realloc. */
  const born = new Int32Array(trace.blocks);
  for (let block = 0; block < trace.blocks; block++) {
    const made = table.made[block] as number;
    if (made >= to) break;
    const before = trace.ends[made] as number;
    const birth = before < 0 ? made : (born[before] as number);
    born[block] = birth;
    if (made >= from) {
      count(before < 0 ? allocations : reallocs, made);
      count(bytes, made, table.bytes[block]);
    }
    const ended = table.ended[block] as number;
    const freed = ended >= 0 && (trace.makes[ended] as number) < 0;
    if (freed && birth >= from && ended - birth <= SHORT_ROWS) count(short, birth);
  }
  const bySite = trace.sites
    .map(({ place, func }, site) => ({
      site: place || func || "unknown",
      func,
      allocations: allocations[site] as number,
      reallocs: reallocs[site] as number,
      bytes: bytes[site] as number,
      shortLived: short[site] as number,
    }))
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
