// Exports a recording for the Firefox Profiler.
import { printable } from "../base/printable.ts";
import { allocationColumns } from "./firefox_allocations.ts";
import { counterOf } from "./firefox_counter.ts";
import { MARKER_SCHEMA, markerTable } from "./firefox_markers.ts";
import { createTables } from "./firefox_tables.ts";
import type { ExportFormat } from "./format.ts";
import type { Selection } from "./selection.ts";
import { originOf } from "./selection_name.ts";
import { stacksOf } from "./stacks.ts";
import { createText } from "./text.ts";

/** Version of the processed profile format that is written; the profiler upgrades older ones itself. */
const FORMAT_VERSION = 70;
const MICROS_PER_MS = 1000;

/** firefox: each heap as a process with its memory, tests, commands, failed requests, and every allocation with its stack. */
export const firefox: ExportFormat = {
  name: "firefox",
  summary: "profiler.firefox.com: memory, tests, what any range retains",
  gzip: "by name",
  counters: "never",
  *chunks(selection, { onRows }) {
    const { heaps, rows } = selection;
    const stacks = stacksOf(selection, "makes and ends");
    const tables = createTables();
    const stackOf = Int32Array.from(stacks.list, (stack) => tables.stackOf(stacks.frames(stack)));
    const markers = heaps.map((heap) => markerTable(heap, selection, tables.stringOf));
    const head = { meta: metaOf(selection), libs: [], shared: tables.shared() };
    yield `${JSON.stringify(head).slice(0, -1)},\n"counters":${JSON.stringify(heaps.map((heap, n) => counterOf(heap, n, selection)))},\n"threads":[`;
    const text = createText();
    let done = 0;
    for (const [n, heap] of heaps.entries()) {
      const thread = threadOf(heap.trace.context, n);
      text.add(`${n > 0 ? "," : ""}\n${JSON.stringify({ ...thread, markers: markers[n] }).slice(0, -1)}`);
      text.add(`,"nativeAllocations":{"weightType":"bytes"`);
      yield* allocationColumns(selection, n, stacks, stackOf, text);
      text.add("}}");
      done += heap.range.to - heap.range.from;
      onRows(Math.min(done, rows));
    }
    text.add("\n]}\n");
    yield text.take();
  },
};

function metaOf(selection: Selection): object {
  const { recording, last } = selection;
  return {
    interval: 1,
    startTime: 0,
    profilingStartTime: 0,
    profilingEndTime: last / MICROS_PER_MS,
    processType: 0,
    product: `teemem: ${originOf(selection)}${recording.version === "" ? "" : `, OP-TEE ${recording.version}`}`,
    importedFrom: "teemem",
    stackwalk: 0,
    version: 0,
    preprocessedProfileVersion: FORMAT_VERSION,
    symbolicated: true,
    symbolicationNotSupported: true,
    usesOnlyOneStackType: true,
    sourceCodeIsNotOnSearchfox: true,
    keepProfileThreadOrder: true,
    categories: [{ name: "Other", color: "grey", subcategories: ["Other"] }],
    markerSchema: MARKER_SCHEMA,
    sampleUnits: { time: "ms", eventDelay: "ms", threadCPUDelta: "ns" },
  };
}

/** The thread of a heap, without markers and allocations. It has no samples: heaps are not sampled. */
function threadOf(context: string, n: number): object {
  const name = printable(context) || "heap without a name";
  return {
    processType: "default",
    processStartupTime: 0,
    processShutdownTime: null,
    registerTime: 0,
    unregisterTime: null,
    pausedRanges: [],
    showMarkersInTimeline: true,
    name,
    processName: name,
    isMainThread: true,
    pid: String(n + 1),
    tid: n + 1,
    samples: { stack: [], time: [], weight: null, weightType: "samples", length: 0 },
  };
}
