// Reads a recording from its Arrow stream.
import { err, ok, type Result } from "../base/result.ts";
import { eachBatch } from "./batch_columns.ts";
import { createBatchReader } from "./batch_reader.ts";
import { RecordingDamage } from "./buffers.ts";
import type { Codec } from "./codec.ts";
import { type ConsolePiece, piecesIn, type RecordedConsole } from "./console_rows.ts";
import type { Recording } from "./recording.ts";
import { META } from "./schema.ts";
import { schemaProblem } from "./schema_problem.ts";
import { type BatchPart, findParts, type StreamParts } from "./stream_reader.ts";
import { countEvents } from "./trace_builders.ts";

/**
 * Reads a recording as docs/recording.md describes it. What was cut off at its end is read up to the cut, and says so in
 * `cut`; what is damaged is an error. `onProgress` receives the batches done and their total.
 */
export async function readArrow(
  given: Uint8Array,
  onProgress?: (done: number, total: number) => void,
): Promise<Result<Recording>> {
  // Node's Buffer is one whose slices are no copies.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  const parts = findParts(bytes);
  if (!parts.ok) return parts;
  const problem = schemaProblem(parts.value.schema);
  if (problem !== null) return err(problem);
  try {
    // Only a recording needs it.
    const { loadCodec } = await import("./codec.ts");
    return ok(readParts(bytes, parts.value, await loadCodec(), onProgress ?? (() => {})));
  } catch (error) {
    if (error instanceof RecordingDamage) return err(`the recording is damaged: ${error.message}`);
    throw error;
  }
}

function readParts(
  bytes: Uint8Array,
  { schema, batches, ended }: StreamParts,
  codec: Codec,
  onProgress: (done: number, total: number) => void,
): Recording {
  // Rows are counted before any is taken, so that no column ever has to grow.
  const counts = new Map<string, number>();
  for (const batch of eachBatch(bytes, batches, codec)) countEvents(batch, counts);
  const reader = createBatchReader(counts, schema.metadata.get(META.release) ?? "");
  const withConsole = new Set<BatchPart>();
  let done = 0;
  for (const batch of eachBatch(bytes, batches, codec)) {
    const part = batches[done++] as BatchPart;
    onProgress(done - 1, batches.length);
    reader.read(batch);
    // All of them, so that damage shows now and not when they are asked for.
    for (const _piece of piecesIn(batch)) withConsole.add(part);
  }
  const console = schema.metadata.get(META.console);
  return {
    ...reader.finish(schema.metadata.get(META.origin) ?? ""),
    ...(console === undefined && withConsole.size === 0 ? {} : { console: consoleOf(console ?? "") }),
    ...(ended ? {} : { cut: true }),
  };

  function consoleOf(name: string): RecordedConsole {
    function* pieces(): Generator<ConsolePiece, void, undefined> {
      let at = 0;
      for (const batch of eachBatch(bytes, batches, codec))
        if (withConsole.has(batches[at++] as BatchPart)) yield* piecesIn(batch);
    }
    return { name, pieces: { [Symbol.iterator]: pieces } };
  }
}
