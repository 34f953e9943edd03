// Writes a whole recording.
import { assert } from "../base/assert.ts";
import { operationName } from "../malloc/operation.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { siteOf } from "../replay/trace_row.ts";
import { writePiece } from "./console_rows.ts";
import { writeMoment } from "./moment_rows.ts";
import type { CommandSpan, Recording } from "./recording.ts";
import type { RowSink } from "./rows.ts";
import { writeSample } from "./write_sample.ts";

/** Writes all that a recording holds: heap by heap, then the samples and the secure console. The end of the stream is left to the caller. */
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
  for (const piece of recording.console?.pieces ?? []) writePiece(piece, writer);
}

function writeTrace(trace: RecordedTrace, entries: readonly CommandSpan[], writer: RowSink): void {
  const heap = trace.context;
  const begins = new Map<number, CommandSpan[]>();
  const ends = new Map<number, CommandSpan[]>();
  for (const span of [...entries].sort((a, b) => a.from - b.from || b.to - a.to)) push(begins, span.from, span);
  for (const span of [...entries].sort((a, b) => a.to - b.to || b.from - a.from)) push(ends, span.to, span);
  const found = new Map(trace.instances.map(({ number, found: rows = 0 }) => [number, rows]));
  let mark = 0;

  function turn(op: "enter" | "leave", { instance, name }: CommandSpan, time: number): void {
    writer.add({ op, time, heap, instance: trace.instances[instance]?.number ?? 0, name });
  }
  /** What lies between the row before and this one. */
  function between(row: number): void {
    const time = trace.time[Math.min(row, trace.length - 1)] ?? 0;
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
    const number = trace.instances[trace.instance[row] as number]?.number ?? 0;
    const name = operationName(trace.op[row] as number);
    const left = found.get(number) ?? 0;
    const wasFound = left > 0 && name === "malloc";
    if (wasFound) found.set(number, left - 1);
    const op = wasFound ? "found" : name;
    assert(op !== undefined, "a trace has no other operations");
    const { func, place } = siteOf(trace, row);
    writer.add({
      op,
      heap,
      instance: number,
      func,
      place,
      time: trace.time[row] as number,
      pointer: trace.pointer[row] as number,
      size: trace.size[row] as number,
      arg: trace.arg[row] as number,
      result: trace.result[row] as number,
      allocated: trace.allocated[row] as number,
      thread: trace.threads[trace.thread[row] as number] ?? "",
    });
  }
  between(trace.length);
}

function push<T>(lists: Map<number, T[]>, key: number, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
