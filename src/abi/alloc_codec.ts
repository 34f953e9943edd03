// struct malloc_stats on the wire (OP-TEE 4.0.0 and 4.10.0), little endian, driven by THE TABLE.
import { zeroCounters } from "../malloc/counters.ts";
import type { RecordSize } from "../release/release.ts";
import { NAME_BYTES, STAT_FIELDS } from "./fields.ts";
import type { AllocRecord } from "./record.ts";

/**
 * Writes one record at byte `at`. As in C the name is cut to 31 bytes and counters to 32 bits. A 64-byte record without
 * `free2Sum` gets 0, a 56-byte one has no place for it.
 */
export function writeRecord(view: DataView, at: number, size: RecordSize, record: AllocRecord): void {
  for (let i = 0; i < NAME_BYTES; i++) {
    const code = i < NAME_BYTES - 1 && i < record.name.length ? record.name.charCodeAt(i) : 0;
    view.setUint8(at + i, code > 0xff ? 0x3f : code);
  }
  for (const field of STAT_FIELDS) {
    const offset = field.offset[size];
    if (offset === null) continue;
    if (field.width === 8) view.setBigUint64(at + offset, record.free2Sum ?? 0n, true);
    else view.setUint32(at + offset, record[field.name], true);
  }
}

/** Reads one record at byte `at`. `free2Sum` is set in records of 64 bytes only. */
export function readRecord(view: DataView, at: number, size: RecordSize): AllocRecord {
  const counters = zeroCounters();
  let free2Sum: bigint | undefined;
  for (const field of STAT_FIELDS) {
    const offset = field.offset[size];
    if (offset === null) continue;
    if (field.width === 8) free2Sum = view.getBigUint64(at + offset, true);
    else counters[field.name] = view.getUint32(at + offset, true);
  }
  const record = { name: readName(view, at), ...counters };
  return free2Sum === undefined ? record : { ...record, free2Sum };
}

function readName(view: DataView, at: number): string {
  let name = "";
  for (let i = 0; i < NAME_BYTES; i++) {
    const byte = view.getUint8(at + i);
    if (byte === 0) break;
    name += String.fromCharCode(byte);
  }
  return name;
}
