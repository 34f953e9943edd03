// Builds a recording from batches of rows.
import type { ByteStore } from "../replay/byte_store.ts";
import type { BatchColumns } from "./batch_columns.ts";
import { type BatchOps, opsIn } from "./batch_ops.ts";
import { RecordingDamage } from "./buffers.ts";
import { createMomentRows, type MomentRows, type TurnRow } from "./moment_rows.ts";
import type { Recording, Sample } from "./recording.ts";
import { readSample } from "./sample_row.ts";
import { createSpans, type Spans } from "./spans.ts";
import { eventColumns, type TraceBuilder } from "./trace_builder.ts";
import { createBuilders } from "./trace_builders.ts";

/** Makes a recording of batches of rows. */
interface BatchReader {
  /** Takes the next batch. Throws `Damage`. */
  read(batch: BatchColumns): void;
  /** All that was read. Throws `RecordingDamage` where it makes no traces. */
  finish(origin: string): Recording;
}

/** A reader of batches in which these heaps have events, as `addHeaps` found them; their rows go to `store`. */
export function createBatchReader(names: ReadonlySet<string>, version: string, store: ByteStore): BatchReader {
  const builders = createBuilders(names, version, store);
  const spans = createSpans([...builders.keys()]);
  const samples: Sample[] = [];
  const moments = createMomentRows();
  return {
    read: (batch) => readBatch(batch, builders, spans, samples, moments),
    finish(origin) {
      const entries = spans.finish(
        (heap, number) => builders.get(heap)?.instanceOf(number) ?? -1,
        (heap) => builders.get(heap)?.rows ?? 0,
      );
      const traces = [...builders.values()].map((builder) => builder.finish());
      const found = moments.finish();
      samples.sort((a, b) => a.time - b.time);
      return { origin, version, traces, samples, entries, ...(found.length === 0 ? {} : { moments: found }) };
    },
  };
}

/** More would need more memory than their file by far. */
const MAX_SAMPLES = 2 ** 21;

function readBatch(
  batch: BatchColumns,
  builders: ReadonlyMap<string, TraceBuilder>,
  spans: Spans,
  samples: Sample[],
  moments: MomentRows,
): void {
  const ops = opsIn(batch);
  const { numbers, names, letters } = ops;
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
    if (letters[op] !== 0 && builder !== undefined) {
      // All operations of one heap that follow upon each other.
      const to = endOfRun(heaps, ops, row, batch.length);
      builder.add(columns, ops, row, to);
      row = to - 1;
      continue;
    }
    if (names[op] === "sample") {
      if (samples.length === MAX_SAMPLES) throw new RecordingDamage(`more than ${MAX_SAMPLES} samples`);
      const sample = readSample(batch, row);
      if (sample.thread !== undefined) moments.sample(sample);
      if (sample.stats.allocated !== undefined || sample.thread === undefined) samples.push(sample);
    }
    // A heap without a single event has no trace to put a mark or an entry into; its calls are those of clients.
    if (builder === undefined && names[op] === "enter") moments.enter(turnRow(batch, row, heap));
    if (builder === undefined && names[op] === "leave") moments.leave(turnRow(batch, row, heap));
    if (names[op] === "sample" || builder === undefined) continue;
    const name = batch.textOf("name", batch.texts("name")[row] as number);
    if (names[op] === "mark") builder.mark(name, batch.textOf("command", batch.texts("command")[row] as number));
    else spans.turn(names[op] === "enter", heap, columns.instance[row] as number, name, builder.rows);
  }
}

/** Where the operations of the heap of a row end. */
function endOfRun(heaps: Int32Array, { numbers, letters }: BatchOps, row: number, end: number): number {
  const heap = heaps[row];
  let to = row + 1;
  while (to < end && heaps[to] === heap && letters[numbers[to] as number] !== 0) to++;
  return to;
}

function turnRow(batch: BatchColumns, row: number, heap: string): TurnRow {
  const exact = (name: "time" | "arg" | "result"): number => Number(batch.exact(name, row) ?? 0n);
  return {
    uuid: heap.replace(/^ta-/, ""),
    name: batch.textOf("name", batch.texts("name")[row] as number),
    session: batch.numbers("instance")[row] ?? 0,
    thread: batch.textOf("thread", batch.texts("thread")[row] as number),
    time: exact("time"),
    arg: exact("arg"),
    result: exact("result"),
  };
}
