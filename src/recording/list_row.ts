// Leak lists in a recording: a list has no pool, so its pool row says what the list is.
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { siteOf } from "../replay/trace_row.ts";
import { rowAt } from "../replay/trace_rows.ts";

/** What a list is, as the place of its pool row. */
const STATES = {
  whole: "leak list",
  cut: "leak list without its end",
  broken: "leak list that broke off",
  unreadable: "leak list with most blocks not sure",
} as const;

/** Whether a list has its end, lacks it, something broke into it, or most of its blocks are not sure. */
type ListState = keyof typeof STATES;

const BY_PLACE: ReadonlyMap<string, ListState> = new Map(
  Object.entries(STATES).map(([state, place]) => [place, state as ListState]),
);

/** The place that stands for a state. */
export function placeOfList(state: ListState): string {
  return STATES[state];
}

/** True for the place of a pool row that stands for a list. */
export function isListPlace(place: string): boolean {
  return BY_PLACE.has(place);
}

/** A list in a trace. */
export interface RecordedList {
  readonly state: ListState;
  /** Blocks that are not sure, or missing. */
  readonly uncertain: number;
}

/** The lists that a trace was made of, one for each instance; null for a trace of operations, whose pool is known. */
export function listsOf(trace: RecordedTrace): readonly RecordedList[] | null {
  const lists: RecordedList[] = [];
  for (const { first } of trace.instances) {
    const state = BY_PLACE.get(siteOf(trace, first).place);
    if (state === undefined) return null;
    lists.push({ state, uncertain: argOf(trace, first) });
  }
  return lists.length > 0 ? lists : null;
}

/** The traces of operations: those that are no leak lists. */
export function tracesOfOperations(traces: readonly RecordedTrace[]): RecordedTrace[] {
  return traces.filter((trace) => listsOf(trace) === null);
}

function argOf(trace: RecordedTrace, row: number): number {
  const { first, arg } = rowAt(trace, row);
  return arg[row - first] as number;
}

/** The same trace in memory, but without the pools that lists do not have: their rows have no size. */
export function withoutPools(trace: RecordedTrace): RecordedTrace {
  if (listsOf(trace) === null) return trace;
  const size = Float64Array.from(trace.size);
  for (const { first } of trace.instances) size[first] = 0;
  return { ...trace, size, instances: trace.instances.map((one) => ({ ...one, pools: [] })) };
}

/** What commands say that need a pool. */
export const NO_POOL = "a leak list has no pool and no peak: record events or counters to size it";
