// Tests, commands and failed requests as markers of a Firefox profile.
import { isRefused } from "../analyze/refused.ts";
import { callStackLine } from "../base/call_stack.ts";
import { printable } from "../base/printable.ts";
import { siteOf, timeOf } from "../replay/trace_row.ts";
import { rowParts } from "../replay/trace_rows.ts";
import type { SelectedHeap, Selection } from "./selection.ts";
import { sliceOf, thinEntries } from "./thin.ts";

const MICROS_PER_MS = 1000;
/** Phases of the format. */
const INSTANT = 0;
const INTERVAL = 1;

const text = (key: string, label: string): object => ({ key, label, format: "string" });
const PLACES = ["marker-chart", "marker-table", "timeline-overview"];

/** How the profiler shows each kind of marker. */
export const MARKER_SCHEMA = [
  {
    name: "test",
    chartLabel: "{marker.data.name}",
    tableLabel: "{marker.data.name}",
    tooltipLabel: "{marker.data.name}",
    description: "A test or command that ran, up to the next one.",
    display: PLACES,
    fields: [text("name", "Name"), text("command", "Command")],
  },
  {
    name: "entry",
    chartLabel: "{marker.data.name}",
    tableLabel: "{marker.data.name} – instance {marker.data.instance}",
    tooltipLabel: "{marker.data.name}",
    description: "A call into a TA, from its first to its last heap operation.",
    display: PLACES,
    fields: [
      text("name", "Name"),
      { key: "instance", label: "Instance", format: "integer" },
      { key: "operations", label: "Heap operations", format: "integer" },
      text("ta", "TA"),
    ],
  },
  {
    name: "failed",
    chartLabel: "{marker.data.size}",
    tableLabel: "{marker.data.size} – {marker.data.func} – {marker.data.place}",
    tooltipLabel: "allocation failed",
    description: "A request that got no memory.",
    display: [...PLACES, "timeline-memory"],
    fields: [
      { key: "size", label: "Requested", format: "bytes" },
      { key: "allocated", label: "Allocated then", format: "bytes" },
      text("func", "Function"),
      text("place", "Call site"),
      text("stack", "Call stack"),
    ],
  },
] as const;

interface Marker {
  readonly name: string;
  readonly start: number;
  /** Absent for a moment. */
  readonly end?: number;
  /** The fields of its kind, which is the `type`. */
  readonly data: Readonly<Record<string, string | number>>;
}

/** The markers of a heap as the format has them, times in milliseconds. */
export function markerTable(heap: SelectedHeap, selection: Selection, stringOf: (text: string) => number): object {
  const markers = [...tests(heap), ...entries(heap, selection), ...failures(heap)];
  return {
    data: markers.map(({ data }) => data),
    name: markers.map(({ name }) => stringOf(name)),
    startTime: markers.map(({ start }) => start / MICROS_PER_MS),
    endTime: markers.map(({ end }) => (end === undefined ? null : end / MICROS_PER_MS)),
    phase: markers.map(({ end }) => (end === undefined ? INSTANT : INTERVAL)),
    category: markers.map(() => 0),
    length: markers.length,
  };
}

function* tests({ trace, range }: SelectedHeap): Generator<Marker, void, void> {
  for (const [n, { name, command, row }] of trace.marks.entries()) {
    const to = trace.marks[n + 1]?.row ?? trace.length;
    if (to <= row || row < range.from || row >= range.to) continue;
    const [start, end] = [timeOf(trace, row), timeOf(trace, Math.min(to, trace.length - 1))];
    const data = { type: "test", name: printable(name), command: printable(command) };
    yield { name: "test or command", start, end: Math.max(start, end), data };
  }
}

function* entries(heap: SelectedHeap, selection: Selection): Generator<Marker, void, void> {
  const { trace } = heap;
  for (const { name, instance, from, to, uuid } of thinEntries(heap, selection.recording.entries, sliceOf(selection))) {
    const [start, end] = [timeOf(trace, from), timeOf(trace, Math.min(to, trace.length) - 1)];
    const number = trace.instances[instance]?.number ?? 0;
    const data = {
      type: "entry",
      name: printable(name),
      instance: number,
      operations: to - from,
      ta: printable(uuid),
    };
    yield { name: "call into a TA", start, end: Math.max(start, end), data };
  }
}

function* failures({ trace, range }: SelectedHeap): Generator<Marker, void, void> {
  for (const rows of rowParts(trace, range.from, range.to))
    for (let row = rows.from; row < rows.to; row++) {
      const at = row - rows.first;
      if (!isRefused(rows, at)) continue;
      const { time, size, allocated } = rows;
      const [start, bytes, held] = [time[at] as number, size[at] as number, allocated[at] as number];
      const { func, place, stack = "" } = siteOf(trace, row);
      const where = { func: printable(func), place: printable(place) };
      const way = stack === "" ? {} : { stack: printable(callStackLine(stack)) };
      yield { name: "failed", start, data: { type: "failed", size: bytes, allocated: held, ...where, ...way } };
    }
}
