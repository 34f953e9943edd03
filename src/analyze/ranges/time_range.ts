// A stretch of time of a recording.
import { countLeading } from "../../base/bisect.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { rowAt } from "../../replay/trace_rows.ts";
import type { RowRange } from "../row_range.ts";

/** Microseconds, both ends belong to it. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The rows of a trace in a stretch of time; times ascend. */
export function rowsWithin(trace: RecordedTrace, { from, to }: TimeRange): RowRange {
  const timeOf = (row: number): number => {
    const { first, time } = rowAt(trace, row);
    return time[row - first] as number;
  };
  return {
    from: countLeading(trace.length, (row) => timeOf(row) < from),
    to: countLeading(trace.length, (row) => timeOf(row) <= to),
  };
}
