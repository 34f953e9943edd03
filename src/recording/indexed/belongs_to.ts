// Tells whether an index is that of a recording.
import { RecordingDamage } from "../buffers.ts";
import { readMessage } from "./messages.ts";
import type { RangeBytes } from "./range_bytes.ts";
import type { RecordingIndex } from "./recording_index.ts";

/** Bytes of the mark that ends a stream. */
const END = 8;
/** Batches that are looked at. */
const LOOKS = 4;

/**
 * True where the recording is as long as it was, or longer if it still grows, and some of its batches have the checksums that
 * they had. Every other batch is compared when it is read.
 */
export async function belongsTo(index: RecordingIndex, bytes: RangeBytes, signal?: AbortSignal): Promise<boolean> {
  if (index.ended ? bytes.size !== index.covered + END : bytes.size < index.covered) return false;
  const { batches } = index;
  // Nothing tells it from others, and nothing is lost.
  if (batches.length === 0) return false;
  const looked = Array.from({ length: LOOKS }, (_, n) => Math.round((n * (batches.length - 1)) / (LOOKS - 1)));
  try {
    for (const number of new Set(looked)) {
      const batch = batches[number];
      if (batch === undefined) continue;
      const { sum, head } = await readMessage(bytes, batch.at, batch.bytes, signal);
      if (sum !== batch.sum || head.kind !== "rows") return false;
    }
    return true;
  } catch (error) {
    if (error instanceof RecordingDamage) return false;
    throw error;
  }
}
