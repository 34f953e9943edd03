// Sums up blocks that were never freed.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import type { BlockTable } from "../block_table.ts";
import { type Held, type Holder, holders } from "../holders.ts";
import type { RowRange } from "../row_range.ts";
import { siteName } from "./peak.ts";

/** Blocks that were made in some rows and never freed there. Bytes with block headers. */
export interface LeftReport {
  readonly blocks: number;
  readonly bytes: number;
  readonly bySite: readonly Holder[];
  /** By the mark in which each block was made, so that what the boot keeps stands apart. */
  readonly byMark: readonly Holder[];
}

/** What is left after the last of these rows, the heaps' own pool tables left out; of all instances together. */
export function leftReport(trace: RecordedTrace, table: BlockTable, { from, to }: RowRange): LeftReport {
  const own = new Set(trace.instances.flatMap(({ pools }) => pools.map(({ tableRow }) => tableRow)));
  const sites: Held[] = [];
  const marks: Held[] = [];
  const names = trace.marks.map(({ name }) => name);
  let mark = -1;
  for (let block = 0; block < trace.blocks; block++) {
    const made = table.made[block] as number;
    if (made >= to) break;
    const ended = table.ended[block] as number;
    while (mark + 1 < names.length && (trace.marks[mark + 1]?.row ?? to) <= made) mark++;
    if (made < from || (ended >= 0 && ended < to) || own.has(made)) continue;
    const size = table.bytes[block] as number;
    sites.push({ size, site: siteName(trace, made) });
    marks.push({ size, site: names[mark] ?? "" });
  }
  return {
    blocks: sites.length,
    bytes: sites.reduce((sum, { size }) => sum + size, 0),
    bySite: holders(sites),
    byMark: holders(marks),
  };
}
