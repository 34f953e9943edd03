// Events and threads of a heap in Perfetto's format.
import { printable } from "../base/printable.ts";
import type { CommandSpan } from "../recording/recording.ts";
import { timeOf } from "../replay/trace_row.ts";
import type { SelectedHeap } from "./selection.ts";

/** An event as the format has it. Times in microseconds. */
export interface TraceEvent {
  /** Category: readers expect one in every event. */
  readonly cat: "heap" | "__metadata";
  readonly ph: "C" | "i" | "X" | "M";
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  readonly ts: number;
  readonly dur?: number;
  /** Scope of an instant: its process. */
  readonly s?: "p";
  readonly args?: Readonly<Record<string, string | number>>;
}

/** Threads of a heap's process: one for tests and commands, then one for each instance that is entered. */
export const TRACKS = { marks: 1, entries: 2 } as const;

/** What names a process or a thread. */
export const TRACK_META = { cat: "__metadata", ph: "M", ts: 0 } as const;

/** Names of a heap's tracks. */
export function* names(
  pid: number,
  context: string,
  entries: readonly CommandSpan[],
  { index, trace }: SelectedHeap,
): Generator<TraceEvent, void, void> {
  const name = printable(context) || "heap without a name";
  yield { ...TRACK_META, pid, tid: 0, name: "process_name", args: { name } };
  yield { ...TRACK_META, pid, tid: 0, name: "process_sort_index", args: { sort_index: pid } };
  if (trace.marks.length > 0)
    yield { ...TRACK_META, pid, tid: TRACKS.marks, name: "thread_name", args: { name: "tests and commands" } };
  const entered = new Set(entries.filter((entry) => entry.trace === index).map(({ instance }) => instance));
  for (const instance of entered) {
    const number = trace.instances[instance]?.number ?? 0;
    const tid = TRACKS.entries + instance;
    yield { ...TRACK_META, pid, tid, name: "thread_name", args: { name: `instance ${number}` } };
  }
}

/** Tests and commands, from the first row of each to the first of the next. */
export function* markSlices(pid: number, { trace, range }: SelectedHeap): Generator<TraceEvent, void, void> {
  for (const [n, { name, command, row }] of trace.marks.entries()) {
    const end = trace.marks[n + 1]?.row ?? trace.length;
    if (end <= row || row < range.from || row >= range.to) continue;
    const ts = timeOf(trace, row);
    const until = timeOf(trace, Math.min(end, trace.length - 1));
    yield { ...slice(pid, TRACKS.marks, name, ts, until), args: { command: printable(command) } };
  }
}

/** Entries into TAs, from the first to the last operation in each: other times are not known. */
export function* entrySlices(
  pid: number,
  { trace }: SelectedHeap,
  entries: readonly CommandSpan[],
): Generator<TraceEvent, void, void> {
  for (const { instance, name, from, to } of entries) {
    const until = timeOf(trace, Math.min(to, trace.length) - 1);
    const args = { operations: to - from };
    yield { ...slice(pid, TRACKS.entries + instance, name, timeOf(trace, from), until), args };
  }
}

function slice(pid: number, tid: number, name: string, from: number, to: number): TraceEvent {
  return {
    cat: "heap",
    ph: "X",
    pid,
    tid,
    name: printable(name) || "(no name)",
    ts: from,
    dur: Math.max(0, to - from),
  };
}
