// Takes the batches of a recording into its index.
import { asksMemory, OP } from "../../malloc/operation.ts";
import type { BatchColumns } from "../batch_columns.ts";
import { findingRow } from "../finding_rows.ts";
import { isListPlace } from "../list_row.ts";
import { readSample } from "../sample_row.ts";
import type { SiteNumbers } from "../site_numbers.ts";
import { eventColumns } from "../trace_builder.ts";
import { createBatchCounts } from "./batch_counts.ts";
import { type BatchRows, batchRows, isConsole, isFindingRow, nameIn } from "./batch_rows.ts";
import { closeEntry, contextOf, openEntry } from "./contexts.ts";
import { indexOperation, keepSet, takeRow } from "./heap_index.ts";
import type { HeapKeys } from "./heap_keys.ts";
import { addFinding, addMark } from "./index_marks.ts";
import type { HeapIndex, IndexedBatch, RecordingIndex } from "./recording_index.ts";

/** What goes on from batch to batch. */
export interface IndexParts {
  readonly index: RecordingIndex;
  readonly keys: HeapKeys;
  readonly sites: SiteNumbers;
}

/** Refusals of one heap that get a mark each. */
const FEW_REFUSED = 1000;

/** Enters the next batch, which lies at this place. Throws `RecordingDamage`. Long: one pass over its rows. */
export function takeBatch(
  { index, keys, sites }: IndexParts,
  batch: BatchColumns,
  place: Pick<IndexedBatch, "at" | "bytes" | "sum" | "lists">,
): void {
  const rows = batchRows(batch);
  const { pointer, size, result, allocated, func, place: places, stack, thread } = eventColumns(batch);
  const counts = createBatchCounts();
  const number = index.batches.length;
  let [from, to, console] = [Number.POSITIVE_INFINITY, 0, false];

  for (let row = 0; row < rows.length; row++) {
    const time = rows.time[row] as number;
    if (time < from) from = time;
    if (time > to) to = time;
    const op = rows.op[row] as number;
    const letter = rows.letters[op] as number;
    if (letter === 0) {
      console = takeOther(row) || console;
      continue;
    }
    const [name, instance] = [rows.heap[row] as number, rows.instance[row] as number];
    let key = keys.events(name, instance);
    if (key < 0) {
      key = keys.begin("events", name, batch.textOf("heap", name), instance);
      mark("load", row, key, batch.textOf("heap", name));
    }
    const heap = index.heaps[key] as HeapIndex;
    if (counts.count(key)) keepSet(heap, number);
    // The pool row of a leak list has bytes that nobody knows.
    const unknown = letter === OP.P && isListPlace(batch.textOf("place", places[row] as number));
    const [asked, given] = [unknown ? 0 : (size[row] as number), result[row] as number];
    if (given === 0 && asksMemory(letter) && heap.refused < FEW_REFUSED)
      mark("refused", row, key, batch.textOf("place", places[row] as number), "", asked);
    indexOperation(heap, letter, pointer[row] as number, asked, given, allocated[row] as number, {
      site: sites.of(func[row] as number, places[row] as number, stack[row] as number),
      thread: thread[row] as number,
      position: index.length + row,
      row: heap.rows,
      time,
    });
    if (rows.names[op] === "found") heap.found++;
  }
  if (rows.length === 0) [from, to] = [index.to, index.to];
  index.from = index.length === 0 ? from : Math.min(index.from, from);
  index.to = Math.max(index.to, to);
  index.length += rows.length;
  index.batches.push({ ...place, rows: rows.length, from, to, ...counts.finish(), console });

  function mark(
    kind: "mark" | "load" | "refused",
    row: number,
    heap: number,
    name: string,
    command = "",
    size = 0,
  ): void {
    const context = batch.textOf("heap", rows.heap[row] as number);
    const time = rows.time[row] as number;
    addMark(index, kind, { heap, context, time, name, command, size, position: index.length + row });
  }
  /** A row that is no operation. True for one of the secure console. */
  function takeOther(row: number): boolean {
    const name = rows.names[rows.op[row] as number];
    if (name === "sample") takeSample(row);
    else if (name === "mark" && isConsole(rows, row)) return true;
    else if (name === "mark" && isFindingRow(rows, row)) addFinding(index, findingRow(batch, row));
    else takeTurn(row, name);
    return false;
  }
  function takeTurn(row: number, op: BatchRows["names"][number] | undefined): void {
    const context = contextOf(index, batch.textOf("heap", rows.heap[row] as number));
    const [name, time] = [nameIn(batch, row), rows.time[row] as number];
    if (op === "mark") {
      const command = batch.textOf("command", batch.texts("command")[row] as number);
      mark("mark", row, context.latest, name, command);
      return;
    }
    const instance = rows.instance[row] as number;
    const key = keys.events(rows.heap[row] as number, instance);
    const at = { time, row: index.heaps[key]?.rows ?? 0, position: index.length + row };
    if (op === "enter") openEntry(index, context, instance, name, at);
    else closeEntry(index, context, instance, name, at);
  }
  function takeSample(row: number): void {
    const { stats, heap: name } = readSample(batch, row);
    const text = batch.texts("name")[row] as number;
    const known = keys.samples(text);
    const key = known < 0 ? keys.begin("samples", text, name, 0) : known;
    const heap = index.heaps[key] as HeapIndex;
    counts.count(key);
    heap.poolSize = Math.max(heap.poolSize, stats.size ?? 0);
    heap.counted = Math.max(heap.counted, stats.maxAllocated ?? 0);
    takeRow(heap, rows.time[row] as number, stats.allocated ?? Number.NaN, (stats.failures ?? 0) > heap.refused);
    heap.refused = stats.failures ?? heap.refused;
  }
}
