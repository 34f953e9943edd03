// Exports a recording for Perfetto.

import { isRefused } from "../analyze/refused.ts";
import { timeRuns } from "../analyze/time_runs.ts";
import { callStackLine } from "../base/call_stack.ts";
import { grouped } from "../base/format.ts";
import { printable } from "../base/printable.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { lineOf, siteOf, timeOf } from "../replay/trace_row.ts";
import { rowAt, rowCursor } from "../replay/trace_rows.ts";
import { counterLines } from "./counter_lines.ts";
import type { ExportFormat } from "./format.ts";
import { createCounters, type HeapCounters } from "./heap_counters.ts";
import { entrySlices, markSlices, names, TRACK_META, TRACKS, type TraceEvent } from "./perfetto_tracks.ts";
import type { SelectedHeap, Selection } from "./selection.ts";
import { createText, type Text } from "./text.ts";
import { sliceOf, thinEntries } from "./thin.ts";

// Chrome's "Trace Event Format", the JSON form: times in microseconds, one process for each heap.

/** perfetto: counters of each heap, failed requests, tests and entries into TAs on one time line. */
export const perfetto: ExportFormat = {
  name: "perfetto",
  summary: "ui.perfetto.dev: counters, tests and commands on a time line",
  gzip: "by name",
  counters: "always",
  *chunks(selection, { onRows }) {
    const text = createText();
    text.add(`{"displayTimeUnit":"ms","otherData":${JSON.stringify(otherData(selection))},"traceEvents":[`);
    let first = true;
    const emit = (event: TraceEvent): void => {
      text.add(`${first ? "" : ","}\n${JSON.stringify(event)}`);
      first = false;
    };
    for (const [n, heap] of selection.heaps.entries()) {
      const pid = n + 1;
      for (const event of names(pid, heap.trace.context, selection.recording.entries, heap)) emit(event);
      for (const event of markSlices(pid, heap)) emit(event);
      const entries = thinEntries(heap, selection.recording.entries, sliceOf(selection));
      for (const event of entrySlices(pid, heap, entries)) emit(event);
      if (text.full()) yield text.take();
    }
    yield* heapEvents(selection, emit, text, onRows);
    yield* sampleEvents(selection, emit, text);
    text.add("\n]}\n");
    yield text.take();
  },
};

function otherData({ recording, mark }: Selection): Record<string, string> {
  return { writer: "teemem", recording: recording.origin, optee: recording.version, mark };
}

function* heapEvents(
  selection: Selection,
  emit: (event: TraceEvent) => void,
  text: Text,
  onRows: (rows: number) => void,
): Generator<string, void, void> {
  const { heaps } = selection;
  const counters = heaps.map(createCounters);
  const cursors = heaps.map(({ trace }) => rowCursor(trace, ["time", "op", "result"]));
  const lines = heaps.map((_, n) =>
    counterLines(sliceOf(selection), (name, ts, bytes) =>
      emit({ cat: "heap", ph: "C", pid: n + 1, tid: 0, ts, name, args: { bytes } }),
    ),
  );
  for (const [n, { trace, range }] of heaps.entries()) {
    const counter = counters[n] as HeapCounters;
    if (counter.pool > 0 && range.to > range.from) lines[n]?.at(timeOf(trace, range.from), counter);
  }
  let done = 0;
  for (const { heap, from, to } of timeRuns(heaps)) {
    const { trace } = heaps[heap] as SelectedHeap;
    const counter = counters[heap] as HeapCounters;
    const rowsAt = cursors[heap] as (typeof cursors)[number];
    for (let row = from; row < to; row++) {
      const rows = rowsAt(row);
      const at = row - rows.first;
      const ts = rows.time[at] as number;
      counter.step(row);
      lines[heap]?.at(ts, counter);
      if (isRefused(rows, at)) emit(failure(heap + 1, trace, row));
      if (counter.end(row)) lines[heap]?.at(ts, counter);
      if (!text.full()) continue;
      onRows(done + row - from);
      yield text.take();
    }
    done += to - from;
  }
  for (const line of lines) line.end();
}

/** A request that got nothing. */
function failure(pid: number, trace: RecordedTrace, row: number): TraceEvent {
  const { first, time, size, allocated } = rowAt(trace, row);
  const { func, place, stack = "" } = siteOf(trace, row);
  const bytes = size[row - first] as number;
  const args = {
    size: bytes,
    func,
    place,
    allocated: allocated[row - first] as number,
    line: lineOf(trace, row),
    ...(stack === "" ? {} : { stack: callStackLine(stack) }),
  };
  const at = { pid, tid: TRACKS.marks, ts: time[row - first] as number };
  return { cat: "heap", ph: "i", s: "p", ...at, name: `failed: ${grouped(bytes)} bytes`, args };
}

function* sampleEvents(
  { heaps, recording: { samples } }: Selection,
  emit: (event: TraceEvent) => void,
  text: Text,
): Generator<string, void, void> {
  const pids = new Map<string, number>();
  for (const { time: ts, heap, stats } of samples) {
    let pid = pids.get(heap);
    if (pid === undefined) {
      pid = heaps.length + pids.size + 1;
      pids.set(heap, pid);
      emit({ ...TRACK_META, pid, tid: 0, name: "process_name", args: { name: `${printable(heap)} (sampled)` } });
    }
    const { allocated, maxAllocated, size, failures } = stats;
    for (const [name, value] of Object.entries({ allocated, "most since reset": maxAllocated, pool: size }))
      if (value !== undefined) emit({ cat: "heap", ph: "C", pid, tid: 0, ts, name, args: { bytes: value } });
    if (failures !== undefined)
      emit({ cat: "heap", ph: "C", pid, tid: 0, ts, name: "failed", args: { requests: failures } });
    if (text.full()) yield text.take();
  }
}
