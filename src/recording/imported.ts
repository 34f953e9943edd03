// Builds a recording in memory for an import.
import { err, ok, type Result } from "../base/result.ts";
import { memoryStore } from "../replay/byte_store.ts";
import type { RecordingHead } from "./arrow_schema.ts";
import type { BatchColumns } from "./batch_columns.ts";
import { createBatchReader } from "./batch_reader.ts";
import { RecordingDamage } from "./buffers.ts";
import type { Recording } from "./recording.ts";
import { counterIn, createRows, type Row, type RowSink, type Rows } from "./rows.ts";
import { BATCH_ROWS, type NamesOf } from "./schema.ts";
import { addHeaps } from "./trace_builders.ts";

/**
 * Makes a recording of rows that were found elsewhere. An error where they are none, or make no trace. `fill` is called
 * twice and gives the same rows both times: first it is found which heaps have events.
 */
export function imported(head: RecordingHead, fill: (rows: RowSink) => void): Result<Recording> {
  const heaps = new Set<string>();
  let count = 0;
  inBatches(fill, (batch) => {
    count += batch.length;
    addHeaps(batch, heaps);
  });
  if (count === 0) return err("it contains nothing that can be recorded");
  try {
    const reader = createBatchReader(heaps, head.version, memoryStore());
    inBatches(fill, reader.read);
    return ok(reader.finish(head.origin));
  } catch (error) {
    if (error instanceof RecordingDamage) return err(error.text);
    throw error;
  }
}

function inBatches(fill: (rows: RowSink) => void, use: (batch: BatchColumns) => void): void {
  const rows = createRows(BATCH_ROWS);
  function flush(): void {
    if (rows.length > 0) use(columnsOfRows(rows));
    rows.clear();
  }
  fill({
    add(row: Row) {
      rows.add(row);
      if (rows.full) flush();
    },
  });
  flush();
}

/** The columns that a reader would find in a batch of these rows. */
function columnsOfRows({ length, texts, numbers, counters }: Rows): BatchColumns {
  const text = new Map(texts.map((column) => [column.name, column]));
  const number = new Map<string, Float64Array>(numbers.map(({ name, values }) => [name, values.subarray(0, length)]));
  return {
    length,
    texts: (name) => text.get(name)?.indexes.subarray(0, length) ?? new Int32Array(length),
    numbersIn: (name) => [...(text.get(name)?.texts.keys() ?? [])],
    textOf: (name, at) => text.get(name)?.texts[at] ?? "",
    numbers: (name) => number.get(name) ?? new Float64Array(length),
    exact(name, row) {
      const value = number.get(name)?.[row];
      if (value !== undefined) return BigInt(value);
      const stats = counters.get(row);
      return stats && counterIn(stats, name as NamesOf<"counter">);
    },
  };
}
