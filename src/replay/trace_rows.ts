// Goes through the rows of a trace, whether they are packed or in memory.
import type { RowColumn } from "./row_columns.ts";
import type { RecordedTrace, TraceRows } from "./trace_columns.ts";

/** The rows from `from` to `to` - 1, in parts of any length. What a part gives is good until the next one is taken. */
export function rowParts(trace: RecordedTrace, from = 0, to = trace.length): Iterable<TraceRows> {
  if (from >= to) return [];
  return trace.parts?.rows(from, to) ?? [allRows(trace, from, to)];
}

/** Rows among which one row is; good until the next look at this trace. To go through rows, take `rowParts`. */
export function rowAt(trace: RecordedTrace, row: number): TraceRows {
  return trace.parts?.at(row) ?? allRows(trace, 0, trace.length);
}

/**
 * Gives some columns around a row to who goes through rows one by one: they are looked up once for each part. What it gives is
 * good until the next call. Rows in ascending order are cheap.
 */
export function rowCursor<N extends RowColumn>(
  trace: RecordedTrace,
  names: readonly N[],
): (row: number) => Pick<TraceRows, N | "first"> {
  let parts: Iterator<TraceRows> | undefined;
  let from = 0;
  let to = 0;
  let columns = {} as Pick<TraceRows, N | "first">;
  return (row) => {
    if (row < from || parts === undefined) {
      parts = rowParts(trace, row)[Symbol.iterator]();
      to = row;
    }
    while (row >= to) {
      const rows = parts.next().value as TraceRows;
      [from, to] = [rows.from, rows.to];
      const chosen = names.map((name) => [name, rows[name]] as const);
      columns = { first: rows.first, ...Object.fromEntries(chosen) } as typeof columns;
    }
    return columns;
  };
}

/** How many numbers the blocks of a trace have in its rows. */
export function slotsOf(trace: RecordedTrace): number {
  return trace.parts?.slots ?? trace.blocks;
}

function allRows(trace: RecordedTrace, from: number, to: number): TraceRows {
  const { instance, time, op, pointer, size, arg, result, allocated, site, thread, makes, ends } = trace;
  const columns = { instance, time, op, pointer, size, arg, result, allocated, site, thread, makes, ends };
  return { first: 0, from, to, ...columns };
}
