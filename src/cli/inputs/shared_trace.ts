// Copies a trace into shared memory for worker threads.
import type { RecordedTrace } from "../../replay/trace_columns.ts";

type Column = Int32Array | Uint32Array | Float64Array | Uint8Array;

/** Columns that no trial looks at; they stay behind. */
const UNUSED: ReadonlySet<string> = new Set(["time", "thread", "result"]);

/** A copy of a trace whose columns lie in shared memory, without those that a what-if replay does not read. */
export function shareTrace(trace: RecordedTrace): RecordedTrace {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(trace) as [string, unknown][]) {
    if (!isColumn(value)) copy[name] = value;
    else copy[name] = UNUSED.has(name) ? value.slice(0, 0) : sharedCopy(value);
  }
  return { ...trace, ...copy };
}

/** A copy in shared memory. */
export function sharedCopy<T extends Column>(column: T): T {
  const make = column.constructor as new (buffer: SharedArrayBuffer) => T;
  const copy = new make(new SharedArrayBuffer(column.byteLength));
  copy.set(column);
  return copy;
}

function isColumn(value: unknown): value is Column {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}
