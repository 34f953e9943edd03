// The memory of a heap as a counter of a Firefox profile.
import { printable } from "../base/printable.ts";
import { timeOf } from "../replay/trace_row.ts";
import { rowCursor } from "../replay/trace_rows.ts";
import { counterLines } from "./counter_lines.ts";
import { createCounters } from "./heap_counters.ts";
import type { SelectedHeap, Selection } from "./selection.ts";
import { sliceOf } from "./thin.ts";

const MICROS_PER_MS = 1000;

/** How the profiler draws it: as the memory of a process. */
const DISPLAY = {
  graphType: "line-accumulated",
  unit: "bytes",
  color: "orange",
  markerSchemaLocation: "timeline-memory",
  sortWeight: 20,
  label: "Allocated",
  tooltipRows: [
    {
      type: "value",
      source: "accumulated",
      format: { unit: "bytes" },
      label: "allocated, above the lowest in this range",
    },
    { type: "value", source: "count-range", format: { unit: "bytes" }, label: "highest minus lowest in this range" },
  ],
} as const;

/** The counter of the heap with number `n`; it lists changes, so they are thinned like any line. */
export function counterOf(heap: SelectedHeap, n: number, selection: Selection): object {
  const { trace, range } = heap;
  const samples = createSamples(range.to > range.from ? timeOf(trace, range.from) : selection.first);
  const lines = counterLines(sliceOf(selection), (name, at, bytes) => {
    if (name === "allocated") samples.add(at, bytes);
  });
  const counters = createCounters(heap);
  const rowsAt = rowCursor(trace, ["time"]);
  for (let row = range.from; row < range.to; row++) {
    const rows = rowsAt(row);
    const at = rows.time[row - rows.first] as number;
    counters.step(row);
    lines.at(at, counters);
    if (counters.end(row)) lines.at(at, counters);
  }
  lines.end();
  samples.end(selection.last);
  return {
    name: "malloc",
    category: "Memory",
    description: `Bytes allocated in ${printable(trace.context) || "the heap"}, with block headers`,
    pid: String(n + 1),
    mainThreadIndex: n,
    samples: samples.table(),
    display: DISPLAY,
  };
}

/** Collects the values of a counter as changes. The profiler draws lines from value to value, so a step takes two. */
function createSamples(first: number): {
  add(at: number, bytes: number): void;
  end(at: number): void;
  table(): object;
} {
  // The profiler takes no notice of the first change: it is none.
  const time = [first];
  const count = [0];
  let before = 0;
  const push = (at: number, change: number): void => {
    time.push(Math.max(at, time.at(-1) ?? 0));
    count.push(change);
  };
  return {
    add(at, bytes) {
      if (at - (time.at(-1) ?? 0) > 1) push(at - 1, 0);
      push(at, bytes - before);
      before = bytes;
    },
    end: (at) => push(at, 0),
    table: () => ({ time: time.map((at) => at / MICROS_PER_MS), count, length: time.length }),
  };
}
