// Whether counters and events of several files can be of one system.
import { grouped } from "../../base/format.ts";
import { tracesOfOperations } from "../../recording/list_row.ts";
import type { Recording } from "../../recording/recording.ts";
import { recordedName } from "./heap_series.ts";

/** What counters of a file mean beside the events of another one. */
interface CountersBeside {
  /** They are of another system: why; empty where they may be of the same. */
  readonly other: string;
  /** Heaps whose counters tell less than the events, so that they are left out. */
  readonly leftOut: readonly string[];
}

/** Compares the counters of a file that has no events with the events of another. Sizes are in bytes. */
export function countersBeside(
  counters: Pick<Recording, "samples" | "origin">,
  events: Pick<Recording, "traces" | "origin">,
): CountersBeside {
  const leftOut = new Set<string>();
  for (const { heap, stats } of counters.samples) {
    const trace = tracesOfOperations(events.traces).find(({ context }) => context === recordedName(heap));
    if (trace === undefined) continue;
    leftOut.add(trace.context);
    const sizes = trace.instances.map(({ pools }) => pools.reduce((sum, { length }) => sum + length, 0));
    const { size } = stats;
    if (size === undefined || size === 0 || sizes.includes(size)) continue;
    const other = `${counters.origin} and ${events.origin} are of two systems: ${trace.context} has ${grouped(size)} bytes in one, ${grouped(sizes[0] ?? 0)} in the other; give files of one system`;
    return { other, leftOut: [] };
  }
  return { other: "", leftOut: [...leftOut] };
}
