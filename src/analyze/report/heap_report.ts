// The report on one heap of a recording.
import type { Word } from "../../heap/geometry.ts";
import type { CommandSpan } from "../../recording/recording.ts";
import { recordedBuild } from "../../replay/recorded_build.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { foundIn } from "../../replay/trace_row.ts";
import { rowAt, rowParts } from "../../replay/trace_rows.ts";
import { type HeapKnob, knobOfHeap } from "../heap_knob.ts";
import { followBlocks } from "../live_blocks.ts";
import { isRefused } from "../refused.ts";
import type { RowRange } from "../row_range.ts";
import { type ChurnReport, churnCount, SHORT_ROWS } from "./churn.ts";
import { type FailureReport, failureReport } from "./failures.ts";
import { type LeakedReport, type LeftReport, leakedReport, leftReport } from "./left.ts";
import { createOwnerOf, type OwnerOf } from "./owner.ts";
import { type PeakReport, peakReport, peakRow, poolOf } from "./peak.ts";
import { regrowthCount, type SiteRegrowth } from "./regrowth.ts";
import { type Timeline, timelineOf } from "./timeline.ts";

/** One life of a heap in short. Bytes with block headers. */
interface InstanceSummary {
  /** As in the file. */
  readonly instance: number;
  readonly operations: number;
  readonly pool: number;
  readonly peak: number;
  readonly peakRow: number;
  readonly refused: number;
  /** Allocated after its last row. */
  readonly atEnd: number;
}

/** What became of one heap in a recording, or in one mark of it. */
export interface HeapReport {
  /** `core`, `ldelf` or `ta-UUID`. */
  readonly heap: string;
  readonly version: string;
  /** Mark that the report is narrowed to; empty for the whole recording. */
  readonly mark: string;
  readonly word: Word;
  readonly leakHeaders: boolean;
  readonly knob: HeapKnob;
  readonly operations: number;
  /** Blocks that were there already when the recording began: their order is unknown, and a replay not exact. */
  readonly found: number;
  /** Lives that had operations in these rows, the highest peak first. */
  readonly instances: readonly InstanceSummary[];
  readonly peak: PeakReport;
  readonly churn: ChurnReport;
  /** How blocks grew by realloc, by call site; the most bytes copied first. */
  readonly regrowth: readonly SiteRegrowth[];
  readonly failures: FailureReport;
  readonly left: LeftReport;
  /** What instances of a TA that ended in these rows had not freed. */
  readonly leaked: LeakedReport;
  readonly timeline: Timeline;
}

/** How to report. */
export interface ReportOptions {
  readonly range: RowRange;
  readonly mark?: string;
  /** Entries into TAs in this trace. */
  readonly entries?: readonly CommandSpan[];
  /** Columns of the timeline, default 68. */
  readonly width?: number;
  /** How many failures to describe, default 100. */
  readonly keep?: number;
  /** Called with the rows that were read, now and then. */
  readonly onProgress?: (rows: number) => void;
}

/** Reports on one heap. Undefined if there is nothing in these rows. */
export function heapReport(trace: RecordedTrace, options: ReportOptions): HeapReport | undefined {
  const { range } = options;
  const row = peakRow(trace, range);
  if (row === undefined) return undefined;
  const { word, leakHeaders } = recordedBuild(trace);
  const churn = churnCount(trace, range);
  const regrowth = regrowthCount(trace, range);
  const live = followBlocks(trace, churn, regrowth);
  live.advance(row + 1);
  const peak = peakReport(trace, live, row, ownerOf(trace, options.entries ?? []));
  live.advance(range.to);
  const { instance, first } = rowAt(trace, row);
  const firstPool = trace.instances[instance[row - first] as number]?.pools[0]?.length;
  const left = leftReport(trace, live, range);
  const leaked = leakedReport(trace, live, range, endedInstances(trace, options));
  live.advance(range.to + SHORT_ROWS);
  return {
    heap: trace.context,
    version: trace.version,
    mark: options.mark ?? "",
    word,
    leakHeaders,
    knob: knobOfHeap(trace.context, peak.pool, firstPool),
    operations: range.to - range.from,
    found: foundIn(trace),
    instances: instanceSummaries(trace, range),
    peak,
    churn: churn.report(),
    regrowth: regrowth.report(),
    failures: failureReport(trace, range, options),
    left,
    leaked,
    timeline: timelineOf(trace, range, options.width ?? 68),
  };
}

/** On a TA's own heap entries are told apart by their command, on others by the TA. */
function ownerOf(trace: RecordedTrace, entries: readonly CommandSpan[]): OwnerOf | null {
  const own = (uuid: string): boolean => trace.context === `ta-${uuid}`;
  return createOwnerOf(entries.map(({ from, to, uuid, name }) => ({ from, to, owner: own(uuid) ? name : uuid })));
}

/** The instances of a TA that were destroyed in these rows. On other heaps entries into TAs end nothing. */
function endedInstances({ context }: RecordedTrace, { entries = [], range }: ReportOptions): Set<number> {
  const ends = entries.filter(({ name, to }) => name === "destroy" && to > range.from && to <= range.to);
  return new Set(context.startsWith("ta-") ? ends.map(({ instance }) => instance) : []);
}

function instanceSummaries(trace: RecordedTrace, { from, to }: RowRange): InstanceSummary[] {
  type Sum = { -readonly [K in keyof InstanceSummary]: InstanceSummary[K] };
  const sums: (Sum | undefined)[] = trace.instances.map(() => undefined);
  for (const rows of rowParts(trace, from, to)) {
    const { instance, allocated, result, first } = rows;
    for (let row = rows.from; row < rows.to; row++) {
      const index = instance[row - first] as number;
      let sum = sums[index];
      if (sum === undefined) {
        const { number = 0 } = trace.instances[index] ?? {};
        const pool = poolOf(trace, index);
        sum = { instance: number, operations: 0, pool, peak: -1, peakRow: row, refused: 0, atEnd: 0 };
        sums[index] = sum;
      }
      const bytes = allocated[row - first] as number;
      sum.operations++;
      sum.atEnd = bytes;
      if (bytes > sum.peak) {
        sum.peak = bytes;
        sum.peakRow = row;
      }
      if (result[row - first] === 0 && isRefused(rows, row - first)) sum.refused++;
    }
  }
  return sums.filter((sum) => sum !== undefined).sort((a, b) => b.peak - a.peak || a.instance - b.instance);
}
