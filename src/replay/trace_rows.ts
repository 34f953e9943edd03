// Goes through the rows of a trace, whether they are packed or in memory.
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

/** How many numbers the blocks of a trace have in its rows. */
export function slotsOf(trace: RecordedTrace): number {
  return trace.parts?.slots ?? trace.blocks;
}

function allRows(trace: RecordedTrace, from: number, to: number): TraceRows {
  const { instance, time, op, pointer, size, arg, result, allocated, site, thread, makes, ends } = trace;
  const columns = { instance, time, op, pointer, size, arg, result, allocated, site, thread, makes, ends };
  return { first: 0, from, to, ...columns };
}
