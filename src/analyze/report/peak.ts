// Finds the peak of a heap and its holders.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { lineOf, markOf, siteOf } from "../../replay/trace_row.ts";
import { rowAt, rowParts } from "../../replay/trace_rows.ts";
import { heldBlocks, nameOfSite } from "../held_blocks.ts";
import type { Holder } from "../holders.ts";
import type { LiveBlocks } from "../live_blocks.ts";
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
  for (const rows of rowParts(trace, from, to)) {
    const { allocated, first } = rows;
    for (let row = rows.from; row < rows.to; row++) {
      const bytes = allocated[row - first] as number;
      if (bytes > peak) {
        peak = bytes;
        best = row;
      }
    }
  }
  return best < 0 ? undefined : best;
}

/** The holders after a row, up to which the blocks were followed. */
export function peakReport(trace: RecordedTrace, live: LiveBlocks, row: number, ownerOf: OwnerOf | null): PeakReport {
  const { instance, allocated, first } = rowAt(trace, row);
  const heap = instance[row - first] as number;
  const held = heldBlocks(trace, live, (block) => live.instance[block] === heap);
  return {
    ...momentOf(trace, row),
    bytes: allocated[row - first] as number,
    pool: poolOf(trace, heap),
    bySite: held.bySite(),
    byMark: held.byMark(),
    byOwner: ownerOf === null ? [] : held.by(ownerOf),
  };
}

/** A row as people find it again. */
export function momentOf(trace: RecordedTrace, row: number): Moment {
  const mark = trace.marks[markOf(trace, row)];
  const { time, instance, first } = rowAt(trace, row);
  return {
    row,
    line: lineOf(trace, row),
    time: time[row - first] as number,
    instance: trace.instances[instance[row - first] as number]?.number ?? 0,
    mark: mark?.name ?? "",
    command: mark?.command ?? "",
  };
}

/** The caller of a row in one word: `file:line`, or its function where no line is known. */
export function siteName(trace: RecordedTrace, row: number): string {
  return nameOfSite(siteOf(trace, row));
}

/** Bytes of all pools of an instance. */
export function poolOf(trace: RecordedTrace, instance: number): number {
  return trace.instances[instance]?.pools.reduce((sum, { length }) => sum + length, 0) ?? 0;
}
