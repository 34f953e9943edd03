// Reads a recording from its Arrow stream.
import { err, ok, type Result } from "../base/result.ts";
import { type ByteStore, memoryStore } from "../replay/byte_store.ts";
import { createBatchReader } from "./batch_reader.ts";
import { eachBatch, peekBatches } from "./batches.ts";
import { RecordingDamage } from "./buffers.ts";
import { type BytesAt, wholeBytes } from "./bytes_at.ts";
import type { Codec } from "./codec.ts";
import { type ConsolePiece, piecesIn, type RecordedConsole } from "./console_rows.ts";
import { findingsIn } from "./finding_rows.ts";
import { keepFindings } from "./kept_findings.ts";
import type { Recording } from "./recording.ts";
import { META } from "./schema.ts";
import { schemaProblem } from "./schema_problem.ts";
import { type BatchPart, findParts, type StreamParts } from "./stream_reader.ts";
import { addHeaps } from "./trace_builders.ts";

/** Is notified of the batches done and their total. */
type BatchProgress = (done: number, total: number) => void;

/**
 * Reads a recording as docs/recording.md describes it. What was cut off at its end is read up to the cut, and says so in
 * `cut`; what is damaged is an error. `onProgress` receives the batches done and their total.
 */
export function readArrow(given: Uint8Array, onProgress?: BatchProgress): Promise<Result<Recording>> {
  return readArrowAt(wholeBytes(given), memoryStore(), onProgress);
}

/**
 * The same of bytes that are read in parts. The rows are kept in `store`, packed; the lines of the secure console are read
 * again when they are asked for.
 */
export async function readArrowAt(
  bytes: BytesAt,
  store: ByteStore,
  onProgress: BatchProgress = () => {},
): Promise<Result<Recording>> {
  const parts = findParts(bytes);
  if (!parts.ok) return parts;
  const problem = schemaProblem(parts.value.schema);
  if (problem !== null) return err(problem);
  try {
    // Only a recording needs it.
    const { loadCodec } = await import("./codec.ts");
    return ok(readParts(bytes, parts.value, await loadCodec(), store, onProgress));
  } catch (error) {
    if (error instanceof RecordingDamage) return err(error.text);
    throw error;
  }
}

function readParts(
  bytes: BytesAt,
  { schema, batches, ended }: StreamParts,
  codec: Codec,
  store: ByteStore,
  onProgress: BatchProgress,
): Recording {
  const heaps = heapsIn(bytes, batches, codec);
  const reader = createBatchReader(heaps, schema.metadata.get(META.release) ?? "", store);
  const withConsole = new Set<BatchPart>();
  const findings = keepFindings();
  let done = 0;
  for (const batch of eachBatch(bytes, batches, codec)) {
    const part = batches[done++] as BatchPart;
    onProgress(done - 1, batches.length);
    reader.read(batch);
    // All of them, so that damage shows now and not when they are asked for.
    for (const _piece of piecesIn(batch)) withConsole.add(part);
    for (const finding of findingsIn(batch)) findings.add(finding);
  }
  const console = schema.metadata.get(META.console);
  return {
    ...reader.finish(schema.metadata.get(META.origin) ?? ""),
    ...(findings.all.length === 0 ? {} : { findings: findings.all }),
    ...(console === undefined && withConsole.size === 0 ? {} : { console: consoleOf(console ?? "") }),
    ...(ended ? {} : { cut: true }),
  };

  function consoleOf(name: string): RecordedConsole {
    function* pieces(): Generator<ConsolePiece, void, undefined> {
      for (const batch of eachBatch(bytes, batches, codec, (part) => withConsole.has(part))) yield* piecesIn(batch);
    }
    return { name, pieces: { [Symbol.iterator]: pieces } };
  }
}

/** Names of the heaps that have events: only they have traces, which marks and entries before the first event belong to. */
function heapsIn(bytes: BytesAt, batches: readonly BatchPart[], codec: Codec): ReadonlySet<string> {
  const heaps = new Set<string>();
  try {
    for (const batch of peekBatches(bytes, batches, codec, ["heap", "op"])) addHeaps(batch, heaps);
  } catch (error) {
    if (!(error instanceof RecordingDamage)) throw error;
    // Where a checksum is wrong, that is what is wrong.
    for (const _batch of eachBatch(bytes, batches, codec));
    throw error;
  }
  return heaps;
}
