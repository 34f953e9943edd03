// Turns files that can become a recording into the bytes of one.
import { err, ok, type Result } from "../../base/result.ts";
import { isGzip } from "../gzip_head.ts";
import { importRecording } from "../import_recording.ts";
import { writeShown } from "../ordered_lists.ts";
import { createRecordingWriter } from "../recording_writer.ts";
import { bytesInMemory, type RangeBytes } from "./range_bytes.ts";

/** Bytes of a file that is converted: it has to fit into memory as a whole, and so has what is in it. */
const LARGEST = 2 ** 28;

/** The bytes of a recording, out of a file of any other kind. The error says what is wrong with it. */
export async function converted(bytes: RangeBytes, name: string, signal?: AbortSignal): Promise<Result<RangeBytes>> {
  if (bytes.size > LARGEST) return err(`too large to be converted: more than ${LARGEST} bytes`);
  const given = await bytes.read(0, bytes.size, signal);
  const whole = isGzip(given) ? await unpacked(given) : ok(given);
  if (!whole.ok) return whole;
  const recording = await importRecording(whole.value, name);
  if (!recording.ok) return recording;
  const pieces: Uint8Array[] = [];
  const writer = await createRecordingWriter(recording.value, (piece) => void pieces.push(piece.slice()));
  writeShown(recording.value, writer);
  if (recording.value.cut === true) writer.flush();
  else writer.end();
  return ok(bytesInMemory(joined(pieces)));
}

async function unpacked(bytes: Uint8Array): Promise<Result<Uint8Array>> {
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream("gzip"));
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      pieces.push(next.value);
      length += next.value.length;
      if (length > LARGEST) return err(`too large to be converted: more than ${LARGEST} bytes once it is unpacked`);
    }
  } catch {
    return err("its gzip data is damaged or cut off");
  }
  return ok(joined(pieces));
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
