// Cuts the rows of a heap into the columns of a timeline.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { isRefused } from "../block_table.ts";
import type { RowRange } from "../row_range.ts";

/** A stretch of rows, as one column of a drawing. */
interface TimelineColumn {
  /** First row. */
  readonly row: number;
  /** Most bytes allocated within. */
  readonly peak: number;
  /** Requests that failed within. */
  readonly refused: number;
}

/** Allocated bytes over the rows of a heap. */
export interface Timeline {
  readonly from: number;
  readonly to: number;
  readonly columns: readonly TimelineColumn[];
  /** The marks that begin in these rows, with the column of each. */
  readonly marks: readonly { readonly name: string; readonly column: number; readonly columns: number }[];
}

/** Cuts rows into at most `width` columns of about equal length. */
export function timelineOf(trace: RecordedTrace, { from, to }: RowRange, width: number): Timeline {
  const count = Math.max(1, Math.min(width, to - from));
  const start = (column: number): number => from + Math.floor(((to - from) * column) / count);
  const columns = Array.from({ length: count }, (_, column): TimelineColumn => {
    let peak = 0;
    let refused = 0;
    for (let row = start(column); row < start(column + 1); row++) {
      peak = Math.max(peak, trace.allocated[row] as number);
      if (isRefused(trace, row)) refused++;
    }
    return { row: start(column), peak, refused };
  });
  const place = (row: number): number => Math.floor(((row - from) * count) / Math.max(1, to - from));
  const marks = trace.marks.flatMap(({ name, row }, i) => {
    const end = Math.min(to, trace.marks[i + 1]?.row ?? trace.length);
    if (row < from || row >= to) return [];
    return [{ name, column: place(row), columns: place(end) - place(row) }];
  });
  return { from, to, columns, marks };
}
