// Selects heaps and rows for an export.
import { type RowRange, rowRange } from "../analyze/row_range.ts";
import { leastOf, mostOf } from "../base/extremes.ts";
import { clip } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import { withoutPools } from "../recording/list_row.ts";
import type { Recording } from "../recording/recording.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { timeOf } from "../replay/trace_row.ts";

/** A heap that is exported. */
export interface SelectedHeap {
  /** Index in the recording's traces. */
  readonly index: number;
  readonly trace: RecordedTrace;
  readonly range: RowRange;
}

/** What of a recording is exported. */
export interface Selection {
  readonly recording: Recording;
  readonly heaps: readonly SelectedHeap[];
  /** Rows of all heaps together. */
  readonly rows: number;
  /** First and last time of all rows, microseconds since reset. */
  readonly first: number;
  readonly last: number;
  /** Mark that it is narrowed to; empty for everything. */
  readonly mark: string;
}

/**
 * Chooses heaps and rows. With a mark, those of its last occurrence, in the heaps that have it; the error names what is not
 * there.
 */
export function selectRows(
  recording: Recording,
  wanted: { readonly heap: (context: string) => boolean; readonly mark?: string },
): Result<Selection> {
  const heaps: SelectedHeap[] = [];
  let problem = "";
  for (const [index, trace] of recording.traces.entries()) {
    if (!wanted.heap(trace.context)) continue;
    const range = rowRange(trace, wanted.mark);
    if (range.ok) heaps.push({ index, trace: withoutPools(trace), range: range.value });
    else problem = `no mark '${clip(wanted.mark ?? "")}' in ${clip(recording.origin)}`;
  }
  if (heaps.length === 0 && problem !== "") return err(problem);
  const times = heaps.filter(({ range }) => range.to > range.from);
  return ok({
    recording,
    heaps,
    rows: heaps.reduce((sum, { range }) => sum + range.to - range.from, 0),
    first: times.length === 0 ? 0 : leastOf(times.map(({ trace, range }) => timeOf(trace, range.from))),
    last: mostOf(
      times.map(({ trace, range }) => timeOf(trace, range.to - 1)),
      0,
    ),
    mark: wanted.mark ?? "",
  });
}
