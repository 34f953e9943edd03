// The rows of a range, batch by batch.
import type { BatchColumns } from "../batch_columns.ts";
import { readSample } from "../sample_row.ts";
import { COLUMN_NAMES } from "../schema.ts";
import { createSiteNumbers, type SiteNumbers } from "../site_numbers.ts";
import { eventColumns } from "../trace_builder.ts";
import { batchRows } from "./batch_rows.ts";
import type { BatchSource } from "./batch_source.ts";
import { createHeapKeys, type HeapKeys } from "./heap_keys.ts";
import { type RowPart, type RowQuery, SAMPLE_OP } from "./indexed_recording.ts";
import type { IndexedBatch, RecordingIndex } from "./recording_index.ts";

/** Reads rows of an indexed recording. */
export interface RowReader {
  /** The rows of a range. */
  rows(query: RowQuery, signal?: AbortSignal): AsyncGenerator<RowPart, void, undefined>;
  /** The rows of a heap from its first in a batch on, whatever their time. */
  rowsFrom(heap: number, batch: number, signal?: AbortSignal): AsyncGenerator<RowPart, void, undefined>;
}

/** A reader; what it gives is good until the next part is taken. */
export function createRowReader(index: RecordingIndex, source: BatchSource): RowReader {
  const numberOf = (column: "heap" | "name", text: string): number =>
    (index.texts.get(COLUMN_NAMES.indexOf(column)) ?? []).indexOf(text);
  const keys = createHeapKeys(index, numberOf);
  const sites = createSiteNumbers([...index.sites]);

  async function* wanted(
    first: number,
    wants: (batch: IndexedBatch) => boolean,
    query: RowQuery,
    signal?: AbortSignal,
  ): AsyncGenerator<RowPart, void, undefined> {
    const rows = index.heaps.map(() => 0);
    let position = 0;
    for (const [number, batch] of index.batches.entries()) {
      if (number >= first && wants(batch)) {
        signal?.throwIfAborted();
        const part = await partOf(batch, position, rows, query, signal);
        if (part.length > 0) yield part;
      }
      position += batch.rows;
      batch.heaps.forEach((key, n) => {
        rows[key] = (rows[key] as number) + (batch.counts[n] as number);
      });
    }
  }
  async function partOf(
    batch: IndexedBatch,
    position: number,
    before: readonly number[],
    query: RowQuery,
    signal?: AbortSignal,
  ) {
    return pick(await source.columns(batch, signal), position, before, query, keys, sites);
  }
  const has = (batch: IndexedBatch, heap: number | undefined): boolean =>
    heap === undefined ? batch.heaps.length > 0 : batch.heaps.includes(heap);
  return {
    rows: (query, signal) =>
      wanted(0, (batch) => batch.from <= query.to && batch.to >= query.from && has(batch, query.heap), query, signal),
    rowsFrom: (heap, batch, signal) =>
      wanted(
        batch,
        (one) => has(one, heap),
        { heap, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
        signal,
      ),
  };
}

type Writable = { -readonly [K in keyof RowPart]: RowPart[K] };

/** The rows of a batch that are wanted; `position` is its first one, and `before` has the rows of each heap before it. */
function pick(
  batch: BatchColumns,
  first: number,
  before: readonly number[],
  { heap: only, from, to }: RowQuery,
  keys: HeapKeys,
  sites: SiteNumbers,
): RowPart {
  const rows = batchRows(batch);
  const events = eventColumns(batch);
  const part = emptyPart(rows.length);
  const counts = new Map<number, number>();
  let length = 0;
  for (let row = 0; row < rows.length; row++) {
    const op = rows.op[row] as number;
    const letter = rows.letters[op] as number;
    const sample = letter === 0 && rows.names[op] === "sample";
    if (letter === 0 && !sample) continue;
    const key = sample
      ? keys.samples(batch.texts("name")[row] as number)
      : keys.events(rows.heap[row] as number, rows.instance[row] as number);
    if (only !== undefined && key !== only) continue;
    const number = counts.get(key) ?? before[key] ?? 0;
    counts.set(key, number + 1);
    const time = rows.time[row] as number;
    if (time < from || time > to) continue;
    part.heap[length] = key;
    part.position[length] = first + row;
    part.row[length] = number;
    part.time[length] = time;
    part.op[length] = sample ? SAMPLE_OP : letter;
    part.pointer[length] = events.pointer[row] as number;
    part.arg[length] = events.arg[row] as number;
    part.result[length] = events.result[row] as number;
    part.thread[length] = events.thread[row] as number;
    part.site[length] = sites.of(events.func[row] as number, events.place[row] as number, events.stack[row] as number);
    const stats = sample ? readSample(batch, row).stats : undefined;
    part.size[length] = stats === undefined ? (events.size[row] as number) : (stats.size ?? Number.NaN);
    part.allocated[length] = stats === undefined ? (events.allocated[row] as number) : (stats.allocated ?? Number.NaN);
    length++;
  }
  return cutTo(part, length);
}

function emptyPart(length: number): Writable {
  const numbers = (): Float64Array => new Float64Array(length);
  return {
    length,
    heap: new Int32Array(length),
    position: numbers(),
    row: numbers(),
    time: numbers(),
    op: new Uint8Array(length),
    pointer: numbers(),
    size: numbers(),
    arg: numbers(),
    result: numbers(),
    allocated: numbers(),
    site: new Int32Array(length),
    thread: new Int32Array(length),
  };
}

function cutTo(part: Writable, length: number): RowPart {
  const columns = Object.entries(part).filter(([, column]) => typeof column !== "number");
  const cut = columns.map(([name, column]) => [name, (column as Float64Array).subarray(0, length)]);
  return { ...(Object.fromEntries(cut) as unknown as RowPart), length };
}
