// Writes a recording row by row.
import { type RecordingHead, recordingSchema } from "./arrow_schema.ts";
import { loadCodec } from "./codec.ts";
import { createRowBatch } from "./row_batch.ts";
import type { RowSink } from "./rows.ts";
import { BATCH_ROWS, PASSING_TEXT } from "./schema.ts";
import { type ByteSink, createStreamWriter } from "./stream_writer.ts";

/** Writes a recording row by row. */
export interface RecordingWriter extends RowSink {
  /** Rows so far. A full batch goes out at once. */
  readonly rows: number;
  /** Sends out the current rows: from then on they can be read, even if this process is killed. */
  flush(): void;
  /** Sends out the current rows and the end of the stream. */
  end(): void;
}

/** Characters of a batch in texts that do not repeat: a noisy console takes no more memory. */
const MOST_PASSING = 2 ** 20;

/** Begins a recording: the schema goes to the sink now, then a message for each batch of at most `batchRows` rows. */
export async function createRecordingWriter(
  head: RecordingHead,
  sink: ByteSink,
  batchRows = BATCH_ROWS,
): Promise<RecordingWriter> {
  const schema = recordingSchema(head);
  const stream = createStreamWriter(schema, await loadCodec(), sink);
  const batch = createRowBatch(schema, batchRows);
  let rows = 0;
  let passing = 0;
  function flush(): void {
    if (batch.length > 0) stream.write(batch.take());
    passing = 0;
  }
  return {
    get rows() {
      return rows;
    },
    add(row) {
      batch.add(row);
      rows++;
      passing += row[PASSING_TEXT]?.length ?? 0;
      if (batch.full || passing >= MOST_PASSING) flush();
    },
    flush,
    end() {
      flush();
      stream.end();
    },
  };
}
