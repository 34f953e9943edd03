// Lines and marks of the rows of a trace.
import { countLeading } from "../base/bisect.ts";
import { clip } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { Mark, RecordedTrace, Site } from "./trace_columns.ts";
import { rowAt } from "./trace_rows.ts";

/** Line of the trace file (from 1) that holds a row. */
export function lineOf(trace: RecordedTrace, row: number): number {
  const { skipped } = trace;
  return row + 1 + countLeading(skipped.length, (n) => (skipped[n] as number) <= row);
}

/** Index in `trace.marks` of the mark that a row belongs to; -1 before the first. */
export function markOf(trace: RecordedTrace, row: number): number {
  const { marks } = trace;
  return countLeading(marks.length, (n) => (marks[n] as Mark).row <= row) - 1;
}

/** Name of the mark that a row belongs to; empty before the first. */
export function markName(trace: RecordedTrace, row: number): string {
  return trace.marks[markOf(trace, row)]?.name ?? "";
}

/** The caller of the allocator in a row. */
export function siteOf(trace: RecordedTrace, row: number): Site {
  const { first, site } = rowAt(trace, row);
  return trace.sites[site[row - first] as number] ?? { func: "", place: "" };
}

/** Time of a row, microseconds since reset. */
export function timeOf(trace: RecordedTrace, row: number): number {
  const { first, time } = rowAt(trace, row);
  return time[row - first] as number;
}

/** Blocks of all instances that were there when the recording began; unless 0, a replay is not exact. */
export function foundIn({ instances }: RecordedTrace): number {
  return instances.reduce((sum, { found = 0 }) => sum + found, 0);
}

/** Rows in which the allocator made its own table of pools. */
export function tableRows({ instances }: RecordedTrace): ReadonlySet<number> {
  return new Set(instances.flatMap(({ pools }) => pools.map(({ tableRow }) => tableRow)));
}

/** Row (exclusive) where a mark ends: the next mark's first row, or the end of the trace. An unknown name is an error. */
export function endOfMark(trace: RecordedTrace, name: string): Result<number> {
  const index = trace.marks.findLastIndex((mark: Mark) => mark.name === name);
  if (index < 0) return err(`no mark '${clip(name)}' in this trace`);
  return ok(trace.marks[index + 1]?.row ?? trace.length);
}
