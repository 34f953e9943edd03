// Finds the peak of all heaps together.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { rowAt } from "../../replay/trace_rows.ts";
import { timeRuns } from "../time_runs.ts";

/** The most that all heaps of a recording held together at one moment. */
interface TotalPeak {
  /** With block headers. */
  readonly bytes: number;
  /** Microseconds since reset. */
  readonly time: number;
}

/** Adds all heaps up over time. Of a heap with several instances, what an instance holds goes with its last row. */
export function totalPeak(traces: readonly RecordedTrace[]): TotalPeak {
  const used = traces.map(({ instances }) => new Float64Array(instances.length));
  let sum = 0;
  let best: TotalPeak = { bytes: 0, time: 0 };
  for (const { heap, from, to } of timeRuns(traces.map((trace) => ({ trace, range: { from: 0, to: trace.length } })))) {
    const trace = traces[heap] as RecordedTrace;
    const held = used[heap] as Float64Array;
    let rows = rowAt(trace, from);
    for (let row = from; row < to; row++) {
      if (row === rows.to) rows = rowAt(trace, row);
      const at = row - rows.first;
      const instance = rows.instance[at] as number;
      const now = rows.allocated[at] as number;
      sum += now - (held[instance] as number);
      held[instance] = now;
      if (sum > best.bytes) best = { bytes: sum, time: rows.time[at] as number };
      if (trace.instances.length === 1 || trace.instances[instance]?.last !== row) continue;
      sum -= now;
      held[instance] = 0;
    }
  }
  return best;
}
