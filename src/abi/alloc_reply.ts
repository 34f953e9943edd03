// The memref of ALLOC_STATS: one record, or all of them.
import { err, ok, type Result } from "../base/result.ts";
import type { RecordSize, Release } from "../release/release.ts";
import { RELEASES, releaseOfPools } from "../release/releases.ts";
import { readRecord, writeRecord } from "./alloc_codec.ts";
import type { AllocRecord } from "./record.ts";

/** A reply with all pools. */
export interface AllocReply {
  /** The oldest release that replies so: the size of the reply and the names of the pools show it. */
  readonly release: Release;
  /** In the order of their ids; the first has id 1. */
  readonly pools: readonly AllocRecord[];
}

/** The bytes of any number of records behind each other. */
export function encodeRecords(records: readonly AllocRecord[], { recordSize }: Release): Uint8Array {
  const bytes = new Uint8Array(records.length * recordSize);
  const view = new DataView(bytes.buffer);
  records.forEach((record, i) => {
    writeRecord(view, i * recordSize, recordSize, record);
  });
  return bytes;
}

/** Reads a reply with all pools (pool id 0). Its length must be that of a release: 224, 280 or 320 bytes; else an error. */
export function decodeAllocReply(bytes: Uint8Array): Result<AllocReply> {
  const rows = RELEASES.filter((row) => lengthOf(row) === bytes.length);
  const [row] = rows;
  if (row === undefined) {
    const known = [...new Set(RELEASES.map(lengthOf))].join(", ");
    return err(`a reply with all pools has ${known} bytes, not ${bytes.length}`);
  }
  const pools = readAll(bytes, row.recordSize);
  const names = pools.map(({ name }) => name);
  return ok({ release: releaseOfPools(names, rows) ?? row, pools });
}

/** Reads a reply with one pool: 56 bytes until 4.5, 64 since 4.6; else an error. */
export function decodeRecord(bytes: Uint8Array): Result<AllocRecord> {
  const row = RELEASES.find(({ recordSize }) => recordSize === bytes.length);
  if (row === undefined) return err(`a reply with one pool has 56 or 64 bytes, not ${bytes.length}`);
  return ok(readRecord(viewOf(bytes), 0, row.recordSize));
}

function lengthOf({ pools, recordSize }: Release): number {
  return pools.length * recordSize;
}

function readAll(bytes: Uint8Array, size: RecordSize): AllocRecord[] {
  const view = viewOf(bytes);
  return Array.from({ length: bytes.length / size }, (_, i) => readRecord(view, i * size, size));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
