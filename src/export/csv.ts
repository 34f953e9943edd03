// Exports a recording as csv.

import { STAT_FIELDS } from "../abi/fields.ts";
import { timeRuns } from "../analyze/time_runs.ts";
import { callStackLine } from "../base/call_stack.ts";
import { HEAP_OPS, OP, OPERATIONS } from "../malloc/operation.ts";
import { eventRows } from "./event_rows.ts";
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
  "stack",
] as const;

/** csv: RFC 4180. One row for each operation in time order, or for each sample of the counters. */
export const csv: ExportFormat = {
  name: "csv",
  summary: "spreadsheets, pandas: one row per operation, or per sample",
  gzip: "by name",
  counters: "on request",
  *chunks(selection, { samples, onRows }) {
    yield* samples ? sampleLines(selection) : eventLines(selection, onRows);
  },
};

function* eventLines({ heaps }: Selection, onRows: (rows: number) => void): Generator<string, void, void> {
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
function rowWriter({ trace }: SelectedHeap, text: Text): (row: number) => void {
  const rowOf = eventRows(trace);
  const heap = field(trace.context);
  const sites = trace.sites.map(
    ({ func, place, stack = "" }) => `${field(func)},${field(place)},${field(callStackLine(stack))}`,
  );
  const threads = trace.threads.map(field);
  const marks = trace.marks.map(({ name }) => field(name));
  const ops = new Map<number, string>(HEAP_OPS.map((letter) => [OP[letter], OPERATIONS[letter].name]));
  // A leak list has no pool, no addresses and no times: its rows are its blocks, and the list is the instance.
  const isList = trace.instances.every(({ pools }) => pools.length === 0);
  const address = isList ? () => "" : hexOf;
  return (row) => {
    const { rows, at, block, bytes, mark } = rowOf(row);
    if (isList && rows.op[at] === OP.P) return;
    text.add(
      `${isList ? "" : rows.time[at]},${heap},${trace.instances[rows.instance[at] as number]?.number ?? ""},${ops.get(rows.op[at] as number) ?? ""},${address(rows.pointer[at] as number)},${rows.size[at]},${rows.arg[at]},${address(rows.result[at] as number)},${rows.allocated[at]},${block < 0 ? "," : `${block},${bytes}`},${threads[rows.thread[at] as number] ?? ""},${marks[mark] ?? ""},${sites[rows.site[at] as number] ?? ",,"}\r\n`,
    );
  };
}

function* sampleLines({ recording: { samples } }: Selection): Generator<string, void, void> {
  const text = createText();
  text.add(`time_us,heap,${STAT_FIELDS.map(({ cName }) => cName).join(",")}\r\n`);
  for (const { time, heap, stats } of samples) {
    text.add(`${time},${field(heap)},${STAT_FIELDS.map(({ name }) => String(stats[name] ?? "")).join(",")}\r\n`);
    if (text.full()) yield text.take();
  }
  yield text.take();
}

/** Empty for NULL. */
function hexOf(value: number): string {
  return value === 0 ? "" : `0x${value.toString(16)}`;
}

/** RFC 4180: quoted where it has to be. */
function field(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
