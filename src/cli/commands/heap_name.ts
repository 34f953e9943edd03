// Finds the heap that `--heap` names.
import { clip } from "../../base/printable.ts";
import { listsOf } from "../../recording/list_row.ts";
import type { Recording } from "../../recording/recording.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { suggest } from "../outputs/nearest.ts";

/** True for a heap that is asked for: all if nothing is; by its whole name, or by the beginning of its UUID. */
export function matchesHeap(context: string, heap: string | undefined): boolean {
  if (heap === undefined || heap === "all" || context === heap) return true;
  return context.startsWith(heap.startsWith("ta-") ? heap : `ta-${heap}`);
}

/** A heap with its events, and the entries into it. */
interface HeapEvents {
  readonly trace: RecordedTrace;
  readonly entries: Recording["entries"];
}

/** The heaps that are asked for and have events: leak lists have none. */
export function heapsWithEvents({ traces, entries }: Recording, heap: string | undefined): HeapEvents[] {
  return traces.flatMap((trace, index) =>
    matchesHeap(trace.context, heap) && listsOf(trace) === null
      ? [{ trace, entries: entries.filter((entry) => entry.trace === index) }]
      : [],
  );
}

/** What is wrong where nothing matches. */
export function noSuchHeap({ traces, samples, origin }: Recording, heap: string | undefined): string {
  if (heap === undefined) return `${origin}: nothing recorded, neither heap events nor counters of a heap`;
  const names = [...new Set([...traces.map(({ context }) => context), ...samples.map((sample) => sample.heap)])];
  return `no heap '${clip(heap)}' in this recording${suggest(heap, names)}; it has ${clip(names.join(", "))}`;
}
