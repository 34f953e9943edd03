// Cuts the rows of a heap into the columns of a timeline.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { rowParts } from "../../replay/trace_rows.ts";
import { isRefused } from "../refused.ts";
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
  const columns = Array.from({ length: count }, (_, column) => ({ row: start(column), peak: 0, refused: 0 }));
  let column = 0;
  let next = start(1);
  for (const rows of rowParts(trace, from, to)) {
    const { allocated, result, op, first } = rows;
    for (let row = rows.from; row < rows.to; row++) {
      for (; row >= next; next = start(column + 1)) column++;
      const sum = columns[column] as (typeof columns)[number];
      sum.peak = Math.max(sum.peak, allocated[row - first] as number);
      if (result[row - first] === 0 && isRefused({ result, op }, row - first)) sum.refused++;
    }
  }
  const place = (row: number): number => Math.floor(((row - from) * count) / Math.max(1, to - from));
  const marks = trace.marks.flatMap(({ name, row }, i) => {
    const end = Math.min(to, trace.marks[i + 1]?.row ?? trace.length);
    if (row < from || row >= to) return [];
    return [{ name, column: place(row), columns: place(end) - place(row) }];
  });
  return { from, to, columns, marks };
}
