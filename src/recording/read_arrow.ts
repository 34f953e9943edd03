import { clip } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import { type BatchColumns, eachBatch } from "./batch_columns.ts";
import { Damage } from "./buffers.ts";
import { type Codec, loadCodec } from "./codec.ts";
import type { Recording, Sample } from "./recording.ts";
import { readSample } from "./sample_row.ts";
import { COLUMN_NAMES, columnText, fieldText, META, SCHEMA_VERSION } from "./schema.ts";
import { createSpans, type Spans } from "./spans.ts";
import { findParts, type StreamParts } from "./stream_reader.ts";
import { eventColumns, type TraceBuilder } from "./trace_builder.ts";
import { createBuilders, opsIn } from "./trace_builders.ts";

/**
 * Reads a recording as docs/recording.md describes it. What was cut off at its end is read up to the cut, and says so in
 * `cut`; what is damaged is an error. `onProgress` hears how many batches of how many are done.
 */
export async function readArrow(
  given: Uint8Array,
  onProgress?: (done: number, total: number) => void,
): Promise<Result<Recording>> {
  // Node's Buffer is one whose slices are no copies.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  const parts = findParts(bytes);
  if (!parts.ok) return parts;
  const problem = schemaProblem(parts.value);
  if (problem !== null) return err(problem);
  try {
    return ok(readParts(bytes, parts.value, await loadCodec(), onProgress ?? (() => {})));
  } catch (error) {
    if (error instanceof Damage) return err(`the recording is damaged: ${error.message}`);
    throw error;
  }
}

function schemaProblem({ schema }: StreamParts): string | null {
  const version = schema.metadata.get(META.version);
  if (version === undefined) return "an Arrow stream, but no recording: its schema has no 'teemem.version'";
  if (version !== SCHEMA_VERSION) return `a recording of version ${clip(version)}, this teemem reads ${SCHEMA_VERSION}`;
  const wanted = COLUMN_NAMES.map(columnText);
  const found = schema.fields.map(fieldText);
  const wrong = wanted.findIndex((column, n) => found[n] !== column);
  if (wrong >= 0) return `expected the column ${wanted[wrong]}, found ${clip(found[wrong] ?? "none")}`;
  return found.length === wanted.length ? null : `expected ${wanted.length} columns only`;
}

function readParts(
  bytes: Uint8Array,
  { schema, batches, ended }: StreamParts,
  codec: Codec,
  onProgress: (done: number, total: number) => void,
): Recording {
  const version = schema.metadata.get(META.release) ?? "";
  // Rows are counted before any is taken, so that no column ever has to grow.
  const builders = createBuilders(eachBatch(bytes, batches, codec), version);
  const spans = createSpans([...builders.keys()]);
  const samples: Sample[] = [];
  let done = 0;
  for (const batch of eachBatch(bytes, batches, codec)) {
    onProgress(done++, batches.length);
    readBatch(batch, builders, spans, samples);
  }
  const entries = spans.finish(
    (heap, number) => builders.get(heap)?.instanceOf(number) ?? -1,
    (heap) => builders.get(heap)?.rows ?? 0,
  );
  return {
    origin: schema.metadata.get(META.origin) ?? "",
    version,
    traces: [...builders.values()].map((builder) => builder.finish()),
    samples: samples.sort((a, b) => a.time - b.time),
    entries,
    ...(ended ? {} : { cut: true }),
  };
}

/** More would need more memory than their file by far. */
const MAX_SAMPLES = 2 ** 21;

function readBatch(
  batch: BatchColumns,
  builders: ReadonlyMap<string, TraceBuilder>,
  spans: Spans,
  samples: Sample[],
): void {
  const { numbers, names, letters } = opsIn(batch);
  const heaps = batch.texts("heap");
  const columns = eventColumns(batch);
  let heap = "";
  let builder: TraceBuilder | undefined;
  for (let row = 0, last = -1; row < batch.length; row++) {
    const number = heaps[row] as number;
    if (number !== last) {
      last = number;
      heap = batch.textOf("heap", number);
      builder = builders.get(heap);
    }
    const op = numbers[row] as number;
    const letter = letters[op] as number;
    if (letter !== 0 && builder !== undefined) {
      const problem = builder.add(columns, row, letter, names[op] === "found");
      if (problem !== null) throw new Damage(`event ${builder.rows + 1} of the heap ${heap}: ${problem}`);
      continue;
    }
    if (names[op] === "sample") {
      if (samples.length === MAX_SAMPLES) throw new Damage(`more than ${MAX_SAMPLES} samples`);
      samples.push(readSample(batch, row));
    }
    // A heap without a single event has no trace to put a mark or an entry into.
    if (names[op] === "sample" || builder === undefined) continue;
    const name = batch.textOf("name", batch.texts("name")[row] as number);
    if (names[op] === "mark") builder.mark(name, batch.textOf("command", batch.texts("command")[row] as number));
    else spans.turn(names[op] === "enter", heap, columns.instance[row] as number, name, builder.rows);
  }
}
