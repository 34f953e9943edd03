// The memref of ALLOC_STATS: one record, or all of them.
import { err, ok, type Result } from "../base/result.ts";
import { readRecord, writeRecord } from "./alloc_codec.ts";
import type { RecordSize } from "./fields.ts";
import { LAYOUTS, type Layout } from "./layout.ts";
import type { AllocRecord } from "./record.ts";

/** A reply with all pools, and the layout its size told. */
export interface AllocReply {
  readonly layout: Layout;
  /** In the order of their ids; the first has id 1. */
  readonly pools: readonly AllocRecord[];
}

/** The bytes of any number of records behind each other. */
export function encodeRecords(records: readonly AllocRecord[], layout: Layout): Uint8Array {
  const size = LAYOUTS[layout].recordSize;
  const bytes = new Uint8Array(records.length * size);
  const view = new DataView(bytes.buffer);
  records.forEach((record, i) => {
    writeRecord(view, i * size, size, record);
  });
  return bytes;
}

/** Reads a reply with all pools (pool id 0). Its length tells the layout: 224, 280 or 320 bytes; else an error. */
export function decodeAllocReply(bytes: Uint8Array): Result<AllocReply> {
  const rows = Object.values(LAYOUTS);
  const row = rows.find(({ pools, recordSize }) => pools * recordSize === bytes.length);
  if (row === undefined) {
    const known = rows.map(({ pools, recordSize, layout }) => `${pools * recordSize} (${layout})`).join(", ");
    return err(`a reply with all pools has ${known} bytes, not ${bytes.length}`);
  }
  return ok({ layout: row.layout, pools: readAll(bytes, row.recordSize) });
}

/** Reads a reply with one pool: 56 bytes until 4.5, 64 since 4.6; else an error. */
export function decodeRecord(bytes: Uint8Array): Result<AllocRecord> {
  const { length } = bytes;
  if (length !== 56 && length !== 64) return err(`a reply with one pool has 56 or 64 bytes, not ${length}`);
  return ok(readRecord(viewOf(bytes), 0, length));
}

function readAll(bytes: Uint8Array, size: RecordSize): AllocRecord[] {
  const view = viewOf(bytes);
  return Array.from({ length: bytes.length / size }, (_, i) => readRecord(view, i * size, size));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
