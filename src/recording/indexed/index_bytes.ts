// An index as the bytes of a file beside its recording (docs/recording.md).
import { crc32 } from "../../replay/crc32.ts";
import { contextOf } from "./contexts.ts";
import { readHeap, writeHeap } from "./heap_bytes.ts";
import { BadNumbers, createNumberReader, createNumberWriter, type NumberReader } from "./number_bytes.ts";
import type { HeapContext, IndexedBatch, RawEntry, RawFinding, RawMark, RecordingIndex } from "./recording_index.ts";
import { readTable, writeTable } from "./table_bytes.ts";

/** `teemem`, and the version of what follows. */
const MAGIC = Uint8Array.from([0x74, 0x65, 0x65, 0x6d, 0x65, 0x6d, 0x00, 0x04]);
const HEAD = MAGIC.length + 4;

const COUNTS = ["covered", "length", "from", "to"] as const;
const BATCH = ["at", "bytes", "sum", "rows", "from", "to", "console"] as const;
const MARK = ["time", "heap", "row", "size", "position"] as const;
const MARK_TEXTS = ["kind", "name", "command", "context"] as const;
const ENTRY = ["instance", "from", "to", "fromRow", "toRow", "fromPosition", "toPosition"] as const;
const ENTRY_TEXTS = ["context", "name"] as const;
const FINDING = ["time", "instance", "times", "heap", "row"] as const;
const FINDING_TEXTS = ["uuid", "kind", "stack", "rest"] as const;

/** The bytes of an index. */
export function packIndex(index: RecordingIndex): Uint8Array {
  const writer = createNumberWriter();
  writer.text(index.origin);
  writer.text(index.version);
  for (const field of COUNTS) writer.number(index[field]);
  writer.number(index.ended ? 1 : 0);
  writer.column([...index.texts.keys()]);
  for (const texts of index.texts.values()) writer.texts(texts);
  writer.column(index.sites.map(([func]) => func));
  writer.column(index.sites.map(([, place]) => place));
  writer.column(index.sites.map(([, , stack]) => stack));
  writeBatches(writer, index.batches);
  const contexts = [...index.contexts.values()];
  writer.texts(contexts.map(({ name }) => name));
  for (const { latest, entered } of contexts) {
    writer.number(latest + 1);
    const open = [...entered].filter(([, entries]) => entries.length > 0);
    writer.number(open.length);
    for (const [instance, entries] of open) writer.column([instance, ...entries]);
  }
  writer.number(index.heaps.length);
  for (const heap of index.heaps) writeHeap(writer, heap);
  writeTable(writer, index.marks, MARK, MARK_TEXTS);
  writeTable(writer, index.entries, ENTRY, ENTRY_TEXTS);
  writeTable(writer, index.findings, FINDING, FINDING_TEXTS);
  const content = writer.take();
  const bytes = new Uint8Array(HEAD + content.length);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setInt32(MAGIC.length, crc32(content), true);
  bytes.set(content, HEAD);
  return bytes;
}

/** True for bytes that begin as an index of this version or another one. */
export function isIndex(bytes: Uint8Array): boolean {
  return MAGIC.subarray(0, -1).every((byte, n) => bytes[n] === byte);
}

/** What `packIndex` packed; null where the bytes are anything else, or damaged. */
export function unpackIndex(bytes: Uint8Array): RecordingIndex | null {
  const content = bytes.slice(HEAD);
  if (bytes.length < HEAD || MAGIC.some((byte, n) => bytes[n] !== byte)) return null;
  if (new DataView(bytes.buffer, bytes.byteOffset).getInt32(MAGIC.length, true) !== crc32(content)) return null;
  try {
    return readIndex(createNumberReader(content));
  } catch (error) {
    if (error instanceof BadNumbers) return null;
    throw error;
  }
}

function readIndex(reader: NumberReader): RecordingIndex {
  const [origin, version] = [reader.text(), reader.text()];
  const counts = Object.fromEntries(COUNTS.map((field) => [field, reader.number()]));
  const known = counts as Pick<RecordingIndex, (typeof COUNTS)[number]>;
  const ended = reader.number() === 1;
  const texts = new Map([...reader.column()].map((id) => [id, reader.texts()] as const));
  const [funcs, places, stacks] = [reader.column(), reader.column(), reader.column()];
  const sites = [...funcs].map((func, n) => [func, places[n] ?? 0, stacks[n] ?? 0] as const);
  const batches = readBatches(reader);
  const contexts = new Map<string, HeapContext>();
  const index: RecordingIndex = {
    ...{ origin, version, ...known, ended, texts, sites, batches, contexts },
    heaps: [],
    marks: [],
    entries: [],
    findings: [],
  };
  for (const name of reader.texts()) {
    const context = contextOf(index, name);
    context.latest = reader.number() - 1;
    for (let left = reader.number(); left > 0; left--) {
      const [instance = 0, ...entries] = reader.column();
      context.entered.set(instance, entries);
    }
  }
  for (let left = reader.number(); left > 0; left--)
    index.heaps.push(readHeap(reader, (name) => contextOf(index, name)));
  index.marks.push(...(readTable(reader, MARK, MARK_TEXTS) as unknown as RawMark[]));
  index.entries.push(...(readTable(reader, ENTRY, ENTRY_TEXTS) as unknown as RawEntry[]));
  index.findings.push(...(readTable(reader, FINDING, FINDING_TEXTS) as unknown as RawFinding[]));
  return index;
}

function writeBatches(writer: ReturnType<typeof createNumberWriter>, batches: readonly IndexedBatch[]): void {
  writeTable(writer, batches, BATCH, []);
  const columns = batches[0]?.lists.length ?? 0;
  writer.number(columns);
  // An offset of -1 is that of no list.
  for (let n = 0; n < columns; n++) writer.column(batches.map(({ lists }) => (lists[n] ?? -1) + 1));
  writer.column(batches.map(({ heaps }) => heaps.length));
  writer.column(batches.flatMap(({ heaps }) => heaps));
  writer.column(batches.flatMap(({ counts }) => counts));
}

function readBatches(reader: NumberReader): IndexedBatch[] {
  const rows = readTable(reader, BATCH, []);
  const lists = Array.from({ length: Math.min(64, reader.number()) }, () => reader.column());
  const [lengths, heaps, counts] = [reader.column(), reader.column(), reader.column()];
  let at = 0;
  return rows.map((row, n) => {
    const from = at;
    at += lengths[n] ?? 0;
    return {
      ...(row as unknown as IndexedBatch),
      console: row.console === 1,
      lists: lists.map((column) => (column[n] ?? 0) - 1),
      heaps: [...heaps.subarray(from, at)],
      counts: [...counts.subarray(from, at)],
    };
  });
}
