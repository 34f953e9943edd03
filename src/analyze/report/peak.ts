// Finds the peak of a heap and its holders.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { lineOf, markOf, siteOf } from "../../replay/trace_row.ts";
import { type BlockTable, eachLive } from "../block_table.ts";
import { type Held, type Holder, holders } from "../holders.ts";
import type { RowRange } from "../row_range.ts";
import type { OwnerOf } from "./owner.ts";

/** A moment of a recording, as people find it again. */
export interface Moment {
  readonly row: number;
  /** Line of the trace file, from 1. */
  readonly line: number;
  /** Microseconds since reset. */
  readonly time: number;
  /** Number of the instance, as in the file. */
  readonly instance: number;
  /** Name and command line of the mark; empty where there is none. */
  readonly mark: string;
  readonly command: string;
}

/** The highest point of a heap and who held what right then. Bytes with block headers. */
export interface PeakReport extends Moment {
  readonly bytes: number;
  /** Bytes of the pools of that instance. */
  readonly pool: number;
  readonly bySite: readonly Holder[];
  /** By the mark in which each block was made. */
  readonly byMark: readonly Holder[];
  /** By the TA (on its own heap: the command) that each block was made in; empty where none is known. */
  readonly byOwner: readonly Holder[];
}

/** Where the most bytes were allocated after an operation, the first such row; undefined if there are no rows. */
export function peakRow(trace: RecordedTrace, { from, to }: RowRange): number | undefined {
  let best = -1;
  let peak = -1;
  for (let row = from; row < to; row++) {
    const allocated = trace.allocated[row] as number;
    if (allocated > peak) {
      peak = allocated;
      best = row;
    }
  }
  return best < 0 ? undefined : best;
}

/** The holders after a row. */
export function peakReport(trace: RecordedTrace, table: BlockTable, row: number, ownerOf: OwnerOf | null): PeakReport {
  const instance = trace.instance[row] as number;
  const live: { readonly size: number; readonly made: number }[] = [];
  eachLive(trace, table, instance, row, (block, made) => live.push({ size: table.bytes[block] as number, made }));
  const by = (name: (made: number) => string): Holder[] =>
    holders(live.map(({ size, made }): Held => ({ size, site: name(made) })));
  return {
    ...momentOf(trace, row),
    bytes: trace.allocated[row] as number,
    pool: poolOf(trace, instance),
    bySite: by((made) => siteName(trace, made)),
    byMark: by((made) => trace.marks[markOf(trace, made)]?.name ?? ""),
    byOwner: ownerOf === null ? [] : by(ownerOf),
  };
}

/** A row as people find it again. */
export function momentOf(trace: RecordedTrace, row: number): Moment {
  const mark = trace.marks[markOf(trace, row)];
  return {
    row,
    line: lineOf(trace, row),
    time: trace.time[row] as number,
    instance: trace.instances[trace.instance[row] as number]?.number ?? 0,
    mark: mark?.name ?? "",
    command: mark?.command ?? "",
  };
}

/** The caller of a row in one word: `file:line`, or its function where no line is known. */
export function siteName(trace: RecordedTrace, row: number): string {
  const { place, func } = siteOf(trace, row);
  return place || func || "unknown";
}

/** Bytes of all pools of an instance. */
export function poolOf(trace: RecordedTrace, instance: number): number {
  return trace.instances[instance]?.pools.reduce((sum, { length }) => sum + length, 0) ?? 0;
}
