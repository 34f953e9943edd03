// Bytes in use over time in half blocks: one row of a table, or a chart of several rows.
import { joined, own, type Printable } from "../../../base/printable.ts";
import type { History } from "../../../live/state/state.ts";

/** Milliseconds that a row of a table shows at most, and at least. */
const LONGEST = 120_000;
const SHORTEST = 10_000;

/** The highest value of each of `parts` equal parts of the time up to `end`; null before the first point. */
export function partsOfHistory(
  { times, allocated }: History,
  parts: number,
  end: number,
  span: number,
): (number | null)[] {
  const begin = end - span;
  const found: (number | null)[] = Array.from({ length: parts }, () => null);
  let before: number | null = null;
  for (const [i, time] of times.entries()) {
    const value = allocated[i] as number;
    if (time < begin) {
      before = value;
      continue;
    }
    const at = Math.min(parts - 1, Math.floor(((time - begin) / span) * parts));
    found[at] = Math.max(found[at] ?? 0, value);
  }
  // Between two points it stays as it was.
  return found.map((value) => {
    if (value !== null) before = value;
    return value ?? before;
  });
}

/** Half blocks from `low` to `high`, `rows` high; the top row first. What is not known is blank. */
export function halfBlocks(values: readonly (number | null)[], low: number, high: number, rows: number): Printable[] {
  const levels = values.map((value) => {
    if (value === null) return 0;
    if (high <= low) return 1;
    return Math.max(1, Math.min(2 * rows, Math.round(((value - low) / (high - low)) * 2 * rows)));
  });
  return Array.from({ length: rows }, (_, row) => {
    const floor = 2 * (rows - 1 - row);
    return joined(levels.map((level) => (level >= floor + 2 ? own("█") : level === floor + 1 ? own("▄") : own(" "))));
  });
}

/** One row, up to two minutes: the least of the time is low, the highest full. */
export function sparkline(history: History, width: number, end: number): Printable {
  const span = Math.max(SHORTEST, Math.min(LONGEST, end - (history.times[0] ?? end)));
  const values = partsOfHistory(history, width, end, span);
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return own(" ").repeat(width);
  return halfBlocks(values, Math.min(...known), Math.max(...known), 1)[0] ?? own(" ").repeat(width);
}
