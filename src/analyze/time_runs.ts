// Merges the rows of several heaps by time.
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { timeOf } from "../replay/trace_row.ts";
import type { RowRange } from "./row_range.ts";

/** Some rows of one heap. */
export interface HeapRows {
  readonly trace: RecordedTrace;
  readonly range: RowRange;
}

/** Rows [from, to) of one heap that come one after the other in time. */
interface TimeRun {
  /** Index into the heaps. */
  readonly heap: number;
  readonly from: number;
  readonly to: number;
}

/** Merges the rows of several heaps by their time; at the same time the heap that stands first is first. */
export function* timeRuns(heaps: readonly HeapRows[]): Generator<TimeRun, void, void> {
  const next = heaps.map(({ range }) => range.from);
  const timeIn = (heap: number): number => {
    const { trace, range } = heaps[heap] as HeapRows;
    const row = next[heap] as number;
    return row < range.to ? timeOf(trace, row) : Number.POSITIVE_INFINITY;
  };
  for (;;) {
    let first = -1;
    let second = -1;
    let time = Number.POSITIVE_INFINITY;
    let limit = Number.POSITIVE_INFINITY;
    for (let heap = 0; heap < heaps.length; heap++) {
      const at = timeIn(heap);
      if (at < time) {
        [second, limit] = [first, time];
        [first, time] = [heap, at];
      } else if (at < limit) [second, limit] = [heap, at];
    }
    if (first < 0) return;
    const { trace, range } = heaps[first] as HeapRows;
    const from = next[first] as number;
    let to = from + 1;
    while (to < range.to) {
      const at = timeOf(trace, to);
      if (at > limit || (at === limit && second < first)) break;
      to++;
    }
    next[first] = to;
    yield { heap: first, from, to };
  }
}
