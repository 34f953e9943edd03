// A recording as its index and its bytes have it.
import { assert } from "../../base/assert.ts";
import type { Codec } from "../codec.ts";
import { type ConsolePiece, piecesIn } from "../console_rows.ts";
import { COLUMN_NAMES, type NamesOf } from "../schema.ts";
import { siteOfTexts } from "../site_texts.ts";
import { type BatchSource, createBatchSource } from "./batch_source.ts";
import { packIndex } from "./index_bytes.ts";
import { indexedFindings, marksOf } from "./index_marks.ts";
import type { IndexedEntry, IndexedHeap, IndexedRecording } from "./indexed_recording.ts";
import { liveAt } from "./live_at.ts";
import type { RangeBytes } from "./range_bytes.ts";
import { createRowReader } from "./range_rows.ts";
import { timelineIn } from "./range_timeline.ts";
import type { HeapIndex, RecordingIndex } from "./recording_index.ts";

const CUT = "The recording is truncated: its recorder was stopped, and its last second may be missing.";

/** What `openIndexed` gives. */
export function createIndexedView(bytes: RangeBytes, index: RecordingIndex, codec: Codec): IndexedRecording {
  const source = createBatchSource(bytes, index, codec);
  const reader = createRowReader(index, source);
  const textOf = (column: NamesOf<"text">, number: number): string =>
    index.texts.get(COLUMN_NAMES.indexOf(column))?.[number] ?? "";
  const sites = index.sites.map((numbers) => siteOfTexts(numbers, textOf));
  const threads = index.texts.get(COLUMN_NAMES.indexOf("thread")) ?? [];
  const { origin, version, from, to, length } = index;
  const recording: IndexedRecording = {
    origin,
    version,
    from,
    to,
    length,
    sites,
    threads,
    heaps: index.heaps.map(heapOf),
    marks: marksOf(index),
    entries: entriesOf(index),
    findings: indexedFindings(index),
    cut: index.ended ? "" : CUT,
    async timeline(heap, start, end, parts, signal) {
      const found = index.heaps[heap];
      if (found === undefined) throw new RangeError(`no heap ${heap}`);
      return timelineIn(found, heap, reader, { from: start, to: end, parts }, signal);
    },
    rows: reader.rows,
    liveAt: (heap, time, signal) => liveAt(index, reader, { sites, threads }, heap, time, signal),
    console: (start, end, signal) => consoleIn(index, source, start, end, signal),
  };
  INDEXES.set(recording, index);
  return recording;
}

/** The index of each recording that is open. */
const INDEXES = new WeakMap<IndexedRecording, RecordingIndex>();

/** The bytes of the index of a recording that `openIndexed` gave: to be kept beside it, and given to `openIndexed` again. */
export function indexOf(recording: IndexedRecording): Uint8Array {
  const index = INDEXES.get(recording);
  assert(index !== undefined, "only openIndexed makes indexed recordings");
  return packIndex(index);
}

function heapOf({ context, bins: _bins, live: _live, kept: _kept, ...rest }: HeapIndex, key: number): IndexedHeap {
  // A heap begins with a pool; that of leak lists has no bytes.
  const lists = rest.kind === "events" && rest.pools.length > 0 && rest.poolSize === 0;
  return { key, name: context.name, ...rest, lists };
}

function entriesOf({ entries, heaps, to }: RecordingIndex): IndexedEntry[] {
  const keys = new Map(heaps.map(({ context, instance, kind }, key) => [`${kind} ${context.name} ${instance}`, key]));
  return entries.map((entry) => {
    const heap = keys.get(`events ${entry.context} ${entry.instance}`) ?? -1;
    const left = entry.toPosition >= 0;
    return {
      heap,
      uuid: entry.context.replace(/^ta-/, ""),
      name: entry.name,
      from: entry.from,
      to: left ? entry.to : to,
      fromRow: entry.fromRow,
      toRow: left ? entry.toRow : (heaps[heap]?.rows ?? 0),
    };
  });
}

async function* consoleIn(
  { batches }: RecordingIndex,
  source: BatchSource,
  from: number,
  to: number,
  signal?: AbortSignal,
): AsyncGenerator<ConsolePiece, void, undefined> {
  for (const batch of batches) {
    if (!batch.console || batch.from > to || batch.to < from) continue;
    for (const piece of piecesIn(await source.columns(batch, signal)))
      if (piece.time >= from && piece.time <= to) yield piece;
  }
}
