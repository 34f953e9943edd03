// Reads a recorded heap trace piece by piece, so that it can be of any length.
import { err, type Result } from "../base/result.ts";
import type { ByteStore } from "./byte_store.ts";
import type { RecordedTrace } from "./trace_columns.ts";
import { createTraceLines } from "./trace_lines.ts";

const NEWLINE = 10;
/** Bytes of a line. What has no end for so long is no trace. */
const MAX_LINE = 2 ** 20;

/** Takes the bytes of a trace as they come. */
export interface TraceReader {
  /** Takes the next bytes. Returns what is wrong with a line in them, or null. */
  add(bytes: Uint8Array): string | null;
  /** All that was read. `cut` says that there was more, which could not be had. */
  finish(cut?: boolean): Result<RecordedTrace>;
}

/** Reads a trace and keeps its rows in `store`. Errors name the line and what was expected there. */
export function createTraceReader(store: ByteStore): TraceReader {
  const lines = createTraceLines(store);
  /** The line that has no end yet. */
  let rest: Uint8Array = new Uint8Array(0);

  function takeLines(bytes: Uint8Array, start: number, end: number): string | null {
    let problem: string | null = null;
    for (let at = start; at < end && problem === null; at = lines.next + 1) problem = lines.take(bytes, at);
    return problem;
  }
  return {
    add(bytes) {
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      const first = rest.length === 0 ? 0 : bytes.indexOf(NEWLINE) + 1;
      if (end > 0) {
        const line = joined(rest, bytes.subarray(0, first));
        const problem = takeLines(line, 0, line.length) ?? takeLines(bytes, first, end);
        if (problem !== null) return problem;
      }
      rest = end > 0 ? bytes.slice(end) : joined(rest, bytes);
      return rest.length > MAX_LINE ? `line ${lines.count + 1}: longer than ${MAX_LINE} bytes` : null;
    },
    finish(cut = false) {
      const problem = lines.takeLast(rest);
      return problem === null ? lines.finish(cut) : err(problem);
    },
  };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
