// Measures the heaps of a recording for a budget.
import { counted, grouped } from "../../base/format.ts";
import type { CounterName } from "../../malloc/counters.ts";
import { listsOf, NO_POOL } from "../../recording/list_row.ts";
import type { Recording } from "../../recording/recording.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { lineOf, markName } from "../../replay/trace_row.ts";
import { rowAt, rowParts } from "../../replay/trace_rows.ts";
import { type HeapSeries, heapSeries } from "../counters/heap_series.ts";
import type { Holder } from "../holders.ts";
import type { SiteCount } from "../leak/snapshot.ts";
import { leftByInstances } from "../leak/trace.ts";
import { followBlocks } from "../live_blocks.ts";
import { COUNTER_WORDS } from "../not_recorded.ts";
import { isRefused } from "../refused.ts";
import { leftReport } from "../report/left.ts";
import { momentOf, peakRow, poolOf, siteName } from "../report/peak.ts";
import { worstFragmentation } from "../report/worst_fragmentation.ts";

/** A figure and, if there is something to tell, where it comes from. */
export interface Measured {
  readonly value: number;
  readonly where: string;
}

/** The reason why a figure is unknown. */
export interface Unmeasured {
  readonly why: string;
}

/** What budgets ask of a heap. Each is measured when it is asked for. Bytes with block headers. */
export interface HeapMeasure {
  /** `core`, `ldelf`, `ta-UUID`, or the name of a pool that only has counters. */
  readonly heap: string;
  /** Null for a heap that only has counters. */
  readonly trace: RecordedTrace | null;
  /** Bytes; 0 where that is not known. */
  readonly pool: number;
  /** The most bytes that were allocated at one moment. */
  peak(): Measured | Unmeasured;
  /** How many requests failed. */
  failures(): Measured | Unmeasured;
  /** What was never freed, by call site. */
  left(): readonly Holder[] | Unmeasured;
  /** Whole percent. */
  fragmentation(): Measured | Unmeasured;
}

const COUNTERS_ONLY: Unmeasured = {
  why: "only counters of this heap were recorded; 'teemem record' records its operations",
};

/** All heaps of a recording, those with events first. */
export function measuresOf(
  recording: Recording,
  onProgress: (heap: string, rows: number, total: number) => void = () => {},
): HeapMeasure[] {
  const measures = recording.traces
    .filter(({ length }) => length > 0)
    .map((trace) =>
      listsOf(trace) === null
        ? ofEvents(trace, (rows) => onProgress(trace.context, rows, trace.length))
        : ofLists(trace),
    );
  return [...measures, ...heapSeries(recording).map(ofCounters)];
}

function ofEvents(trace: RecordedTrace, onProgress: (rows: number) => void): HeapMeasure {
  const range = { from: 0, to: trace.length };
  const peak = peakRow(trace, range) ?? 0;
  const at = (row: number): string => {
    const { mark, instance, line } = momentOf(trace, row);
    const life = trace.instances.length > 1 ? `instance ${instance}, ` : "";
    return `${mark === "" ? "" : `in ${mark}, `}${life}line ${line}`;
  };
  const { instance, allocated, first: base } = rowAt(trace, peak);
  const pool = poolOf(trace, instance[peak - base] as number);
  const bytes = allocated[peak - base] as number;
  return {
    heap: trace.context,
    trace,
    pool,
    peak: () => ({ value: bytes, where: at(peak) }),
    failures() {
      let value = 0;
      let first = -1;
      for (const rows of rowParts(trace)) {
        const { result, op } = rows;
        for (let row = rows.from; row < rows.to; row++)
          if (isRefused({ result, op }, row - rows.first) && value++ === 0) first = row;
      }
      if (first < 0) return { value, where: "" };
      const mark = markName(trace, first);
      const rows = rowAt(trace, first);
      const what = `${grouped(rows.size[first - rows.first] as number)} bytes at ${siteName(trace, first)}`;
      return { value, where: `first: ${what}${mark === "" ? "" : ` in ${mark}`}, line ${lineOf(trace, first)}` };
    },
    left: once(() => {
      const live = followBlocks(trace);
      live.advance(trace.length);
      return leftReport(trace, live, range).bySite;
    }),
    fragmentation: once(() => {
      const worst = worstFragmentation(trace, onProgress);
      if ("percent" in worst) return { value: worst.percent, where: at(worst.row) };
      return { why: `from line ${worst.line} on, OP-TEE's allocator returns other addresses` };
    }),
  };
}

/** The last list tells what is held, and nothing else. */
function ofLists(trace: RecordedTrace): HeapMeasure {
  const none = (): Unmeasured => ({ why: NO_POOL });
  const left = once((): Holder[] | Unmeasured => {
    const { state, uncertain } = listsOf(trace)?.at(-1) ?? { state: "cut", uncertain: 0 };
    if (state !== "whole" || uncertain > 0)
      return { why: "the last leak list is cut, or has blocks that are not sure" };
    const sites = leftByInstances(trace).at(-1)?.sites ?? new Map<string, SiteCount>();
    return [...sites].map(([site, sum]) => ({ site, ...sum })).sort((a, b) => b.bytes - a.bytes);
  });
  return { heap: trace.context, trace: null, pool: 0, peak: none, failures: none, left, fragmentation: none };
}

function ofCounters({ heap, samples, total }: HeapSeries): HeapMeasure {
  const where = `${counted(samples.length, "sample")} of its counters`;
  /** What a report lacks may have been more. */
  const figure = (name: CounterName, value: number | undefined): Measured | Unmeasured =>
    value === undefined || total.unsure.includes(name)
      ? { why: `a report of this heap lacks ${COUNTER_WORDS[name]}` }
      : { value, where };
  return {
    heap,
    trace: null,
    pool: total.size ?? 0,
    peak: () => figure("maxAllocated", total.maxAllocated),
    failures: () => figure("failures", total.failures),
    left: () => COUNTERS_ONLY,
    fragmentation: () => COUNTERS_ONLY,
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
