// Exports a recording as csv.
import { STAT_FIELDS } from "../abi/fields.ts";
import { blockTable } from "../analyze/block_table.ts";
import { timeRuns } from "../analyze/time_runs.ts";
import { HEAP_OPS, OP, OPERATIONS } from "../malloc/operation.ts";
import type { ExportFormat } from "./format.ts";
import type { SelectedHeap, Selection } from "./selection.ts";
import { createText, type Text } from "./text.ts";

/** The columns of events. */
export const EVENT_COLUMNS = [
  "time_us",
  "heap",
  "instance",
  "op",
  "pointer",
  "size",
  "arg",
  "result",
  "allocated",
  "block",
  "block_bytes",
  "thread",
  "mark",
  "func",
  "place",
] as const;

/** csv: RFC 4180. One row for each operation in time order, or for each sample of the counters. */
export const csv: ExportFormat = {
  name: "csv",
  summary: "spreadsheets, pandas: one row per operation, or per sample",
  gzip: "by name",
  takesSamples: true,
  *chunks(selection, { samples, onRows }) {
    yield* samples ? sampleRows(selection) : eventRows(selection, onRows);
  },
};

function* eventRows({ heaps }: Selection, onRows: (rows: number) => void): Generator<string, void, void> {
  const text = createText();
  text.add(`${EVENT_COLUMNS.join(",")}\r\n`);
  const writers = heaps.map((heap) => rowWriter(heap, text));
  let done = 0;
  for (const { heap, from, to } of timeRuns(heaps)) {
    const write = writers[heap] as (row: number) => void;
    for (let row = from; row < to; row++) {
      write(row);
      if (!text.full()) continue;
      onRows(done + row - from);
      yield text.take();
    }
    done += to - from;
  }
  yield text.take();
}

/** Fields that few different values have are quoted once. */
function rowWriter({ trace, range }: SelectedHeap, text: Text): (row: number) => void {
  const { bytes } = blockTable(trace);
  const heap = field(trace.context);
  const sites = trace.sites.map(({ func, place }) => `${field(func)},${field(place)}`);
  const threads = trace.threads.map(field);
  const marks = trace.marks.map(({ name }) => field(name));
  const ops = new Map<number, string>(HEAP_OPS.map((letter) => [OP[letter], OPERATIONS[letter].name]));
  let mark = trace.marks.findLastIndex(({ row }) => row < range.from);
  return (row) => {
    while ((trace.marks[mark + 1]?.row ?? trace.length) <= row) mark++;
    const made = trace.makes[row] as number;
    const block = made >= 0 ? made : (trace.ends[row] as number);
    text.add(
      `${trace.time[row]},${heap},${trace.instances[trace.instance[row] as number]?.number ?? ""},${ops.get(trace.op[row] as number) ?? ""},${address(trace.pointer[row] as number)},${trace.size[row]},${trace.arg[row]},${address(trace.result[row] as number)},${trace.allocated[row]},${block < 0 ? "," : `${block},${bytes[block]}`},${threads[trace.thread[row] as number] ?? ""},${marks[mark] ?? ""},${sites[trace.site[row] as number] ?? ","}\r\n`,
    );
  };
}

function* sampleRows({ recording: { samples } }: Selection): Generator<string, void, void> {
  const text = createText();
  text.add(`time_us,heap,${STAT_FIELDS.map(({ cName }) => cName).join(",")}\r\n`);
  for (const { time, heap, stats } of samples) {
    text.add(`${time},${field(heap)},${STAT_FIELDS.map(({ name }) => String(stats[name] ?? "")).join(",")}\r\n`);
    if (text.full()) yield text.take();
  }
  yield text.take();
}

/** Empty for NULL. */
function address(value: number): string {
  return value === 0 ? "" : `0x${value.toString(16)}`;
}

/** RFC 4180: quoted where it has to be. */
function field(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
