// The rows of a trace or of one mark.
import { err, ok, type Result } from "../base/result.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { endOfMark } from "../replay/trace_row.ts";

/** Rows [from, to) of a trace. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** All rows, or those of the last mark with this name. An unknown name is an error. */
export function rowRange(trace: RecordedTrace, mark: string | undefined): Result<RowRange> {
  if (mark === undefined) return ok({ from: 0, to: trace.length });
  const to = endOfMark(trace, mark);
  if (!to.ok) return err(to.error);
  const from = trace.marks.findLast(({ name }) => name === mark)?.row ?? 0;
  return ok({ from, to: to.value });
}
