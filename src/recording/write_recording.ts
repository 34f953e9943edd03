// Writes a whole recording.
import { assert } from "../base/assert.ts";
import { operationName } from "../malloc/operation.ts";
import { ROW_COLUMNS } from "../replay/row_columns.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { timeOf } from "../replay/trace_row.ts";
import { rowCursor } from "../replay/trace_rows.ts";
import { writePiece } from "./console_rows.ts";
import { writeFinding } from "./finding_rows.ts";
import { writeMoment } from "./moment_rows.ts";
import type { CommandSpan, Recording } from "./recording.ts";
import type { RowSink } from "./rows.ts";
import { writeSample } from "./write_sample.ts";

/** Writes all that a recording holds: heap by heap, then the samples, findings and the secure console. The end of the stream is left to the caller. */
export function writeRecording(recording: Recording, writer: RowSink): void {
  for (const [index, trace] of recording.traces.entries()) {
    writeTrace(
      trace,
      recording.entries.filter((span) => span.trace === index),
      writer,
    );
  }
  for (const sample of recording.samples) if (sample.thread === undefined) writeSample(sample, writer);
  for (const moment of recording.moments ?? []) writeMoment(moment, writer);
  for (const finding of recording.findings ?? []) writeFinding(finding, writer);
  for (const piece of recording.console?.pieces ?? []) writePiece(piece, writer);
}

function writeTrace(trace: RecordedTrace, entries: readonly CommandSpan[], writer: RowSink): void {
  const heap = trace.context;
  const begins = new Map<number, CommandSpan[]>();
  const ends = new Map<number, CommandSpan[]>();
  for (const span of [...entries].sort((a, b) => a.from - b.from || b.to - a.to)) push(begins, span.from, span);
  for (const span of [...entries].sort((a, b) => a.to - b.to || b.from - a.from)) push(ends, span.to, span);
  const found = new Map(trace.instances.map(({ number, found: rows = 0 }) => [number, rows]));
  const rowsAt = rowCursor(trace, ROW_COLUMNS);
  let mark = 0;

  function turn(op: "enter" | "leave", { instance, name }: CommandSpan, time: number): void {
    writer.add({ op, time, heap, instance: trace.instances[instance]?.number ?? 0, name });
  }
  /** What lies between the row before and this one. */
  function between(row: number): void {
    const time = trace.length === 0 ? 0 : timeOf(trace, Math.min(row, trace.length - 1));
    for (const span of ends.get(row) ?? []) if (span.from < row) turn("leave", span, time);
    for (let next = trace.marks[mark]; next !== undefined && next.row <= row; next = trace.marks[++mark])
      writer.add({ op: "mark", time, heap, name: next.name, command: next.command });
    for (const span of begins.get(row) ?? []) {
      turn("enter", span, time);
      if (span.to === row) turn("leave", span, time);
    }
  }
  for (let row = 0; row < trace.length; row++) {
    between(row);
    const rows = rowsAt(row);
    const at = row - rows.first;
    const number = trace.instances[rows.instance[at] as number]?.number ?? 0;
    const name = operationName(rows.op[at] as number);
    const left = found.get(number) ?? 0;
    const wasFound = left > 0 && name === "malloc";
    if (wasFound) found.set(number, left - 1);
    const op = wasFound ? "found" : name;
    assert(op !== undefined, "a trace has no other operations");
    const { func = "", place = "", stack = "" } = trace.sites[rows.site[at] as number] ?? {};
    writer.add({
      op,
      heap,
      instance: number,
      func,
      place,
      stack,
      time: rows.time[at] as number,
      pointer: rows.pointer[at] as number,
      size: rows.size[at] as number,
      arg: rows.arg[at] as number,
      result: rows.result[at] as number,
      allocated: rows.allocated[at] as number,
      thread: trace.threads[rows.thread[at] as number] ?? "",
    });
  }
  between(trace.length);
}

function push<T>(lists: Map<number, T[]>, key: number, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
