// The memref of TA_STATS: an array of struct tee_ta_dump_stats, OP-TEE 4.0.0 core/include/kernel/tee_ta_manager.h.
import { err, ok, type Result } from "../base/result.ts";
import type { RecordSize, Release } from "../release/release.ts";
import { RELEASES } from "../release/releases.ts";
import { readRecord, writeRecord } from "./alloc_codec.ts";
import type { TaRecord } from "./record.ts";
import { decodeUuid, encodeUuid, UUID_BYTES } from "./uuid.ts";

const PANICKED_AT = 16;
const SESSIONS_AT = 20;
const HEAP_AT = 24;

/** Bytes of one TA record: uuid (16), panicked (4), sessions (4), allocator record. */
export function taSize({ recordSize }: Pick<Release, "recordSize">): number {
  return HEAP_AT + recordSize;
}

/** The bytes of the records behind each other. */
export function encodeTaReply(records: readonly TaRecord[], release: Release): Uint8Array {
  const size = taSize(release);
  const bytes = new Uint8Array(records.length * size);
  const view = new DataView(bytes.buffer);
  records.forEach((record, i) => {
    const at = i * size;
    bytes.set(encodeUuid(record.uuid), at);
    view.setUint32(at + PANICKED_AT, record.panicked, true);
    view.setUint32(at + SESSIONS_AT, record.sessions, true);
    writeRecord(view, at + HEAP_AT, release.recordSize, record.heap);
  });
  return bytes;
}

/**
 * Reads a reply to TA_STATS. Give the release where it is known (an ALLOC_STATS reply shows it): without it the length
 * decides, and a multiple of 880 bytes is an error because both record sizes fit.
 */
export function decodeTaReply(bytes: Uint8Array, release?: Release): Result<readonly TaRecord[]> {
  if (release !== undefined) return decodeAs(bytes, release.recordSize);
  if (bytes.length === 0) return ok([]);
  const sizes = [...new Set(RELEASES.map(({ recordSize }) => recordSize))];
  const fitting = sizes.filter((recordSize) => bytes.length % taSize({ recordSize }) === 0);
  const [size, second] = fitting;
  if (size === undefined)
    return err(`TA records have 80 bytes (until 4.5) or 88 bytes (4.6 and later); ${bytes.length} bytes fit neither`);
  if (second !== undefined) {
    const counts = fitting.map((recordSize) => countText(bytes, taSize({ recordSize }))).join(" or ");
    return err(`${bytes.length} bytes are ambiguous, ${counts}: say which OP-TEE it is, or ask for the pools first`);
  }
  return decodeAs(bytes, size);
}

function countText({ length }: Uint8Array, size: number): string {
  return `${length / size} records of ${size}`;
}

function decodeAs(bytes: Uint8Array, recordSize: RecordSize): Result<readonly TaRecord[]> {
  const size = taSize({ recordSize });
  if (bytes.length % size !== 0)
    return err(`TA records of this release have ${size} bytes; ${bytes.length} is not a multiple`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return ok(
    Array.from({ length: bytes.length / size }, (_, i) => ({
      uuid: decodeUuid(bytes.subarray(i * size, i * size + UUID_BYTES)),
      panicked: view.getUint32(i * size + PANICKED_AT, true),
      sessions: view.getUint32(i * size + SESSIONS_AT, true),
      heap: readRecord(view, i * size + HEAP_AT, recordSize),
    })),
  );
}
