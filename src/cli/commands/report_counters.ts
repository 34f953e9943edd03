// The report on heaps that only have counters.
import { type CounterSize, counterSize } from "../../analyze/size/counter_size.ts";
import { counted, grouped } from "../../base/format.ts";
import { own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Recording, Sample } from "../../recording/recording.ts";
import { HEAP_NAME } from "../../release/releases.ts";
import { wrapLines } from "../../view/terminal/wrap.ts";

/** What the counters of a heap say whose events were not recorded. */
export interface CounterReport extends CounterSize {
  readonly heap: string;
  readonly samples: number;
  readonly lines: readonly Printable[];
}

/** Heaps that only have samples: the last counters of each, and the highest maximum. */
export function counterReport(recording: Recording, heap: string | undefined): CounterReport[] {
  const byHeap = new Map<string, Sample[]>();
  for (const sample of recording.samples) {
    if (heap !== undefined && heap !== "all" && !sample.heap.startsWith(heap)) continue;
    if (hasEvents(recording, sample.heap)) continue;
    const list = byHeap.get(sample.heap) ?? [];
    list.push(sample);
    byHeap.set(sample.heap, list);
  }
  return [...byHeap].flatMap(([name, samples]) => {
    const stats = worst(samples);
    if (stats === undefined || stats.size === 0) return [];
    const size = counterSize(stats);
    const head = shown`${printable(name) || "(pool without a name)"}  peak ${figure(size.peak)} of ${figure(size.size)} bytes in ${counted(samples.length, "sample")}, ${figure(size.failures)} failed`;
    return [{ heap: name, samples: samples.length, ...size, lines: [head, ...wrapLines(size.text, 80, "    ")] }];
  });
}

/** What is not known is a question mark. */
function figure(value: number | null): Printable {
  return value === null ? own("?") : grouped(value);
}

/** Highest maximum, and the biggest failure with what was used at it: counters may have been reset in between. */
function worst(samples: readonly Sample[]): Sample["stats"] | undefined {
  let best: Sample["stats"] | undefined;
  for (const { stats } of samples) {
    best ??= stats;
    const failed = (stats.biggestFailure ?? -1) > (best.biggestFailure ?? -1) ? stats : best;
    const highest = (name: "maxAllocated" | "failures") => {
      const known = [best?.[name], stats[name]].filter((value) => value !== undefined);
      return known.length === 0 ? {} : { [name]: Math.max(...known) };
    };
    best = { ...failed, ...highest("maxAllocated"), ...highest("failures") };
  }
  return best;
}

/** True where the events of the same heap were recorded, which tell more. */
function hasEvents({ traces }: Recording, heap: string): boolean {
  const context = heap === HEAP_NAME ? "core" : shown`ta-${printable(heap)}`;
  return traces.some((trace) => trace.context === context);
}
