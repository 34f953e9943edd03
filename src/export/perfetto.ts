// Exports a recording for Perfetto.

import { isRefused } from "../analyze/refused.ts";
import { timeRuns } from "../analyze/time_runs.ts";
import { callStackLine } from "../base/call_stack.ts";
import { grouped } from "../base/format.ts";
import { printable } from "../base/printable.ts";
import { lineOf, siteOf, timeOf } from "../replay/trace_row.ts";
import { rowCursor } from "../replay/trace_rows.ts";
import type { ExportFormat } from "./format.ts";
import { type CounterTrack, createCounters } from "./perfetto_counters.ts";
import { entrySlices, markSlices, names, TRACK_META, TRACKS, type TraceEvent } from "./perfetto_tracks.ts";
import type { SelectedHeap, Selection } from "./selection.ts";
import { createText, type Text } from "./text.ts";

// Chrome's "Trace Event Format", the JSON form: times in microseconds, one process for each heap.

/** perfetto: counters of each heap, failed requests, tests and entries into TAs on one time line. */
export const perfetto: ExportFormat = {
  name: "perfetto",
  summary: "ui.perfetto.dev: counters, tests and commands on a time line",
  gzip: "by name",
  takesSamples: true,
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
      for (const event of entrySlices(pid, heap, selection.recording.entries)) emit(event);
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
  { heaps }: Selection,
  emit: (event: TraceEvent) => void,
  text: Text,
  onRows: (rows: number) => void,
): Generator<string, void, void> {
  const counters = heaps.map(createCounters);
  const cursors = heaps.map(({ trace }) => rowCursor(trace, ["time", "op", "result", "size", "allocated"]));
  for (const [n, { trace, range }] of heaps.entries()) {
    const { pool, allocated } = counters[n] as CounterTrack;
    if (pool === 0 || range.to <= range.from) continue;
    const at = { cat: "heap", ph: "C", pid: n + 1, tid: 0, ts: timeOf(trace, range.from) } as const;
    emit({ ...at, name: "pool", args: { bytes: pool } });
    emit({ ...at, name: "allocated", args: { bytes: allocated } });
  }
  let done = 0;
  for (const { heap, from, to } of timeRuns(heaps)) {
    const { trace } = heaps[heap] as SelectedHeap;
    const counter = counters[heap] as CounterTrack;
    const rowsAt = cursors[heap] as (typeof cursors)[number];
    const pid = heap + 1;
    for (let row = from; row < to; row++) {
      const rows = rowsAt(row);
      const at = row - rows.first;
      const ts = rows.time[at] as number;
      const count = (name: string, bytes: number): void =>
        emit({ cat: "heap", ph: "C", pid, tid: 0, ts, name, args: { bytes } });
      const before = { allocated: counter.allocated, pool: counter.pool };
      counter.step(row);
      if (counter.pool !== before.pool) count("pool", counter.pool);
      if (counter.allocated !== before.allocated) count("allocated", counter.allocated);
      if (isRefused(rows, at)) {
        const { func, place, stack = "" } = siteOf(trace, row);
        const size = rows.size[at] as number;
        const way = stack === "" ? {} : { stack: callStackLine(stack) };
        const args = { size, func, place, allocated: rows.allocated[at] as number, line: lineOf(trace, row), ...way };
        emit({
          cat: "heap",
          ph: "i",
          s: "p",
          pid,
          tid: TRACKS.marks,
          ts,
          name: `failed: ${grouped(size)} bytes`,
          args,
        });
      }
      if (counter.end(row)) {
        count("pool", counter.pool);
        count("allocated", counter.allocated);
      }
      if (!text.full()) continue;
      onRows(done + row - from);
      yield text.take();
    }
    done += to - from;
  }
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
