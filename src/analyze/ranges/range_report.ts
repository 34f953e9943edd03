// The report on a stretch of time of one heap: who held its memory, and against another stretch what is different.
import type { CommandSpan } from "../../recording/recording.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { rowAt } from "../../replay/trace_rows.ts";
import type { Holder } from "../holders.ts";
import type { SiteChange } from "../leak/diff.ts";
import type { Grouping } from "./block_owner.ts";
import { holderChanges } from "./changes.ts";
import { holdersIn } from "./group_sums.ts";
import { MEASURES, type Measure, type RangePeak } from "./range_sums.ts";
import { rowsWithin, type TimeRange } from "./time_range.ts";
import { type InstanceRange, rangesOfTrace } from "./trace_range.ts";

/** Blocks of a measure. Bytes with block headers. */
interface MeasureReport {
  readonly blocks: number;
  readonly bytes: number;
  /** Who holds them; the most bytes first. */
  readonly holders: readonly Holder[];
}

/** A stretch of time of one instance of a heap. */
export interface RangeReport extends Readonly<Record<Measure, MeasureReport>> {
  /** `core`, `ldelf` or `ta-UUID`. */
  readonly heap: string;
  readonly instance: number;
  readonly version: string;
  /** Microseconds. The end is that of the recording where none was asked for. */
  readonly from: number;
  readonly to: number;
  readonly operations: number;
  /** Null where nothing was done to the heap: then `peak` is what it held all the time. */
  readonly top: RangePeak | null;
  /** By measure, what the other stretch had less or more; absent where there is none. */
  readonly changes?: Readonly<Record<Measure, readonly SiteChange[]>>;
}

/** What to report on. */
interface RangeOptions {
  readonly range: TimeRange;
  readonly against?: TimeRange;
  readonly by: Grouping;
  readonly entries?: readonly CommandSpan[];
}

/** Reports on each instance that was used in the range or held something there, the highest peak first. */
export function rangeReports(trace: RecordedTrace, { range, against, by, entries }: RangeOptions): RangeReport[] {
  const others = against === undefined ? [] : rangesOfTrace(trace, rowsWithin(trace, against), entries);
  return rangesOfTrace(trace, rowsWithin(trace, range), entries).map((one) => {
    const measures = each((measure) => measureOf(holdersIn(one, measure, by)));
    const other = others.find(({ instance }) => instance === one.instance);
    const { instance, rows: operations, peak: top } = one;
    return {
      heap: trace.context,
      instance,
      version: trace.version,
      from: range.from,
      to: Math.min(range.to, lastTime(trace)),
      operations,
      top,
      ...measures,
      ...(against !== undefined && {
        changes: each((measure) => holderChanges(heldBy(other, measure, by), measures[measure].holders)),
      }),
    };
  });
}

function measureOf(holders: readonly Holder[]): MeasureReport {
  const sum = (of: (holder: Holder) => number): number => holders.reduce((total, holder) => total + of(holder), 0);
  return { blocks: sum(({ blocks }) => blocks), bytes: sum(({ bytes }) => bytes), holders };
}

function heldBy(range: InstanceRange | undefined, measure: Measure, by: Grouping): readonly Holder[] {
  return range === undefined ? [] : holdersIn(range, measure, by);
}

function each<T>(make: (measure: Measure) => T): Record<Measure, T> {
  return Object.fromEntries(MEASURES.map((measure) => [measure, make(measure)])) as Record<Measure, T>;
}

function lastTime(trace: RecordedTrace): number {
  if (trace.length === 0) return 0;
  const { first, time } = rowAt(trace, trace.length - 1);
  return time[trace.length - 1 - first] as number;
}
