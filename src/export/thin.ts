// Leaves out what no chart can show: points and spans that are closer together than a line is wide.
import type { CommandSpan } from "../recording/recording.ts";
import { timeOf } from "../replay/trace_row.ts";
import type { SelectedHeap, Selection } from "./selection.ts";

/** Rows of all heaps, and entries of one, up to which nothing is left out. */
const SMALL = 50_000;
const SLICES = 20_000;

/** Microseconds in which a chart shows three points of a line, and one span; 0 where everything stays. */
export function sliceOf({ rows, first, last }: Selection): number {
  return rows <= SMALL ? 0 : Math.max(1, (last - first + 1) / SLICES);
}

/** A line of values over time. */
interface ThinLine {
  /** Times ascend. */
  add(time: number, value: number): void;
  /** Emits what was held back. */
  end(): void;
}

/** Emits of each slice of time the lowest, the highest and the last value, in the order in which they came. */
export function thinLine(slice: number, emit: (time: number, value: number) => void): ThinLine {
  type Point = { readonly n: number; readonly time: number; readonly value: number };
  let count = 0;
  let here = Number.NEGATIVE_INFINITY;
  let kept: { low: Point; high: Point; last: Point } | null = null;
  const end = (): void => {
    if (kept === null) return;
    const points = new Set([kept.low, kept.high, kept.last]);
    for (const { time, value } of [...points].sort((a, b) => a.n - b.n)) emit(time, value);
    kept = null;
  };
  return {
    end,
    add(time, value) {
      if (slice === 0) return emit(time, value);
      const at = Math.floor(time / slice);
      // The clock may step back where several cores write it.
      if (at > here) end();
      here = Math.max(here, at);
      const point = { n: count++, time, value };
      kept = {
        low: kept === null || value < kept.low.value ? point : kept.low,
        high: kept === null || value > kept.high.value ? point : kept.high,
        last: point,
      };
    },
  };
}

/** The entries of a heap in the selected rows. Of many, the one with the most operations in each slice of time and instance. */
export function thinEntries(
  { index, trace, range }: SelectedHeap,
  entries: readonly CommandSpan[],
  slice: number,
): readonly CommandSpan[] {
  const own = entries.filter(
    ({ trace: of, from, to }) => of === index && from < to && from >= range.from && from < range.to,
  );
  if (own.length <= SMALL || slice === 0) return own;
  const best = new Map<string, CommandSpan>();
  for (const entry of own) {
    const key = `${entry.instance} ${Math.floor(timeOf(trace, entry.from) / slice)}`;
    const rival = best.get(key);
    if (rival === undefined || rival.to - rival.from < entry.to - entry.from) best.set(key, entry);
  }
  return [...best.values()];
}
