// Goes through the batches of a stream.
import { crc32 } from "../replay/crc32.ts";
import { type BatchColumns, createBatchDecoder } from "./batch_columns.ts";
import { type Body, bodyAt, RecordingDamage } from "./buffers.ts";
import type { BytesAt } from "./bytes_at.ts";
import type { Codec } from "./codec.ts";
import { COLUMN_NAMES, type ColumnName } from "./schema.ts";
import type { BatchPart, Part } from "./stream_reader.ts";

/**
 * Gives all batches in order, or those that are wanted; only the current one is unpacked. Throws `RecordingDamage`, also where a
 * checksum is wrong.
 */
export function eachBatch(
  bytes: BytesAt,
  batches: readonly BatchPart[],
  codec: Codec,
  isWanted: (batch: BatchPart) => boolean = () => true,
): Generator<BatchColumns> {
  return unpacked(batches, codec, COLUMN_NAMES, isWanted, (part) => checkedBody(bytes, part));
}

/** The same for some columns alone, whose checksums nobody looks at: what it gives is for a first look. */
export function peekBatches(
  bytes: BytesAt,
  batches: readonly BatchPart[],
  codec: Codec,
  columns: readonly ColumnName[],
): Generator<BatchColumns> {
  return unpacked(
    batches,
    codec,
    columns,
    () => true,
    ({ at }) =>
      (offset, length) =>
        bytes.read(at + offset, length),
  );
}

function* unpacked(
  batches: readonly BatchPart[],
  codec: Codec,
  columns: readonly ColumnName[],
  isWanted: (batch: BatchPart) => boolean,
  bodyOf: (part: Part) => Body,
): Generator<BatchColumns, void, undefined> {
  const decoder = createBatchDecoder(codec);
  for (const batch of batches) {
    for (const dictionary of batch.dictionaries)
      if (columns.includes(COLUMN_NAMES[dictionary.id] as ColumnName))
        decoder.dictionary(dictionary, bodyOf(dictionary));
    if (isWanted(batch)) yield decoder.columns(batch, bodyOf(batch));
  }
}

function checkedBody(bytes: BytesAt, { message, at, bytes: length, sum }: Part): Body {
  const body = bytes.read(at, length);
  if (crc32(body) !== sum) throw new RecordingDamage("the checksum of its bytes is wrong", { at: message });
  return bodyAt(body, 0);
}
