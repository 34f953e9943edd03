import { assert } from "../base/assert.ts";
import { err, ok, type Result } from "../base/result.ts";
import { readArrow } from "./read_arrow.ts";
import type { Recording } from "./recording.ts";
import { createRecordingWriter, type RecordingHead, type RecordingWriter } from "./recording_writer.ts";

/** Makes a recording of rows that were found elsewhere. An error where they are none, or make no trace. */
export async function imported(
  head: RecordingHead,
  fill: (writer: RecordingWriter) => void,
): Promise<Result<Recording>> {
  const chunks: Uint8Array[] = [];
  const writer = await createRecordingWriter(head, (bytes) => void chunks.push(bytes));
  fill(writer);
  if (writer.rows === 0) return err("nothing in it can be recorded");
  writer.end();
  const read = await readArrow(joined(chunks));
  if (!read.ok) return read;
  assert(read.value.cut !== true, "what we write is whole");
  return ok(read.value);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
