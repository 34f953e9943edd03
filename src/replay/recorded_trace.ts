// Reads a recorded heap trace that is in memory.
import { err, type Result } from "../base/result.ts";
import { memoryStore } from "./byte_store.ts";
import type { RecordedTrace } from "./trace_columns.ts";
import { createTraceReader } from "./trace_reader.ts";

/** Bytes that are taken between two calls of `onProgress`. */
const PIECE = 2 ** 20;

/**
 * Reads a recorded trace. The error names the line and what was expected there. A trace that was cut off in its last line is
 * read up to there, and says so in `cut`. `onProgress` receives the number of bytes done.
 */
export function parseRecordedTrace(bytes: Uint8Array, onProgress?: (done: number) => void): Result<RecordedTrace> {
  const reader = createTraceReader(memoryStore());
  for (let at = 0; at < bytes.length; at += PIECE) {
    onProgress?.(at);
    const problem = reader.add(bytes.subarray(at, at + PIECE));
    if (problem !== null) return err(problem);
  }
  return reader.finish();
}
