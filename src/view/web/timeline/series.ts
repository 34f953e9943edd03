// What a chart draws: times ascending, and what was in use then.
import type { History } from "../../../live/state/state.ts";
import type { IndexedHeap, RangeTimeline } from "../../../recording/indexed/indexed_recording.ts";
import type { FileFacts, FreeMoments } from "../worker/questions.ts";

export interface Series {
  /** Microseconds, ascending. */
  readonly times: readonly number[];
  /** Bytes; null where nothing is known. */
  readonly most: readonly (number | null)[];
  readonly least: readonly (number | null)[];
  /** Bytes of the largest free block at some of the times; absent where nobody looked. */
  readonly free?: readonly (number | null)[];
}

/** A series with the largest free blocks at the times that are nearest before theirs. */
export function withFree(series: Series, { times, bytes }: FreeMoments): Series {
  const free = series.times.map((): number | null => null);
  times.forEach((time, n) => {
    const at = indexAt(series, time);
    if (at >= 0) free[at] = bytes[n] ?? null;
  });
  return { ...series, free };
}

/** Before anything is known. */
export const NO_SERIES: Series = { times: [], most: [], least: [] };

/** The series of a heap in a recording. A list is what it held as a whole, until the next. */
export function seriesOfHeap(
  timeline: RangeTimeline,
  { to, lists }: Pick<IndexedHeap, "to" | "lists">,
  order: FileFacts["order"],
): Series {
  const { last } = timeline;
  return seriesOf(lists ? { ...timeline, least: last, greatest: last } : timeline, order === "" ? to : to + 1);
}

/** Nothing is drawn behind `end`, the heap's last row. */
export function seriesOf({ from, width, greatest, least }: RangeTimeline, end: number): Series {
  const known = (value: number, n: number): number | null =>
    Number.isNaN(value) || from + n * width > end ? null : value;
  return {
    times: Array.from(greatest, (_, n) => from + n * width),
    most: Array.from(greatest, known),
    least: Array.from(least, known),
  };
}

export function seriesOfHistory({ times, allocated }: History): Series {
  return { times: times.map((ms) => ms * 1000), most: allocated, least: allocated };
}

/** The index of the last time at or before this one; -1 before the first. */
export function indexAt({ times }: Series, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
