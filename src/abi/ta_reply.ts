// The memref of TA_STATS: an array of struct tee_ta_dump_stats, OP-TEE 4.0.0 core/include/kernel/tee_ta_manager.h.
import { err, ok, type Result } from "../base/result.ts";
import { readRecord, writeRecord } from "./alloc_codec.ts";
import { LAYOUTS, type Layout, type LayoutRow } from "./layout.ts";
import type { TaRecord } from "./record.ts";
import { decodeUuid, encodeUuid, UUID_BYTES } from "./uuid.ts";

const PANICKED_AT = 16;
const SESSIONS_AT = 20;
const HEAP_AT = 24;

/** The bytes of the records behind each other. */
export function encodeTaReply(records: readonly TaRecord[], layout: Layout): Uint8Array {
  const { taSize, recordSize } = LAYOUTS[layout];
  const bytes = new Uint8Array(records.length * taSize);
  const view = new DataView(bytes.buffer);
  records.forEach((record, i) => {
    const at = i * taSize;
    bytes.set(encodeUuid(record.uuid), at);
    view.setUint32(at + PANICKED_AT, record.panicked, true);
    view.setUint32(at + SESSIONS_AT, record.sessions, true);
    writeRecord(view, at + HEAP_AT, recordSize, record.heap);
  });
  return bytes;
}

/**
 * Reads a reply to TA_STATS. Give the layout where it is known (an ALLOC_STATS reply tells it): without it the length
 * decides, and a multiple of 880 bytes is an error because both record sizes fit.
 */
export function decodeTaReply(bytes: Uint8Array, layout?: Layout): Result<readonly TaRecord[]> {
  if (layout !== undefined) return decodeAs(bytes, LAYOUTS[layout]);
  if (bytes.length === 0) return ok([]);
  const rows = [LAYOUTS["4.1"], LAYOUTS["4.6"]].filter(({ taSize }) => bytes.length % taSize === 0);
  const [row, second] = rows;
  if (row === undefined)
    return err(`TA records have 80 (until 4.5) or 88 bytes (4.6 and later); ${bytes.length} fit neither`);
  if (second !== undefined) {
    const counts = rows.map(({ taSize }) => `${bytes.length / taSize} records of ${taSize}`).join(" or ");
    return err(`${bytes.length} bytes are ambiguous, ${counts}: say which OP-TEE it is, or ask for the pools first`);
  }
  return decodeAs(bytes, row);
}

function decodeAs(bytes: Uint8Array, row: LayoutRow): Result<readonly TaRecord[]> {
  const { taSize, recordSize } = row;
  if (bytes.length % taSize !== 0) {
    return err(`TA records of layout ${row.layout} have ${taSize} bytes; ${bytes.length} is not a multiple`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return ok(
    Array.from({ length: bytes.length / taSize }, (_, i) => ({
      uuid: decodeUuid(bytes.subarray(i * taSize, i * taSize + UUID_BYTES)),
      panicked: view.getUint32(i * taSize + PANICKED_AT, true),
      sessions: view.getUint32(i * taSize + SESSIONS_AT, true),
      heap: readRecord(view, i * taSize + HEAP_AT, recordSize),
    })),
  );
}
