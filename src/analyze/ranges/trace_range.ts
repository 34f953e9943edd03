// Sums up a range of a trace in memory, for each instance of its heap.
import type { CommandSpan } from "../../recording/recording.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { rowAt, rowParts } from "../../replay/trace_rows.ts";
import { followBlocks, type LiveBlocks } from "../live_blocks.ts";
import type { RowRange } from "../row_range.ts";
import type { RangeSums } from "./range_sums.ts";
import { type RangeTally, rangeTally } from "./range_tally.ts";
import { rowOwners } from "./row_owners.ts";
import { inTrace } from "./surroundings.ts";

/** A range of one instance. */
export interface InstanceRange extends RangeSums {
  /** Its number, as in the file. */
  readonly instance: number;
}

/** The rows of a range, for each instance that has some there or holds something at its end; the highest peak first. */
export function rangesOfTrace(
  trace: RecordedTrace,
  { from, to }: RowRange,
  entries: readonly CommandSpan[] = [],
): InstanceRange[] {
  const owners = rowOwners(trace, inTrace(trace, entries));
  const tallies = new Map<number, RangeTally>();
  const tallyOf = (instance: number): RangeTally => {
    const known = tallies.get(instance) ?? rangeTally();
    tallies.set(instance, known);
    return known;
  };
  const heapOf = (live: LiveBlocks, block: number): RangeTally => tallyOf(live.instance[block] as number);
  const ownerOf = new Int32Array(trace.parts?.slots ?? trace.blocks);
  let begun = false;
  const live = followBlocks(trace, {
    made(blocks, block, row) {
      const { first, time, thread } = rowAt(trace, row);
      const at = row - first;
      ownerOf[block] = owners.ofRow(row, time[at] as number, blocks.site[block] as number, thread[at] as number);
      if (begun) heapOf(blocks, block).made(ownerOf[block] as number, blocks.bytes[block] as number);
    },
    gone(blocks, block) {
      if (!begun) return;
      const within = (blocks.made[block] as number) >= from;
      heapOf(blocks, block).gone(ownerOf[block] as number, blocks.bytes[block] as number, within);
    },
  });
  live.advance(from);
  for (const [block, made] of live.made.entries()) {
    const last = trace.instances[live.instance[block] as number]?.last ?? -1;
    if (made >= 0 && last >= from) heapOf(live, block).held(ownerOf[block] as number, live.bytes[block] as number);
  }
  begun = true;
  for (const { instance, time, allocated, first, from: start, to: end } of rowParts(trace, from, to)) {
    for (let row = start; row < end; row++) {
      live.advance(row + 1);
      const at = row - first;
      tallyOf(instance[at] as number).row(row, time[at] as number, allocated[at] as number);
    }
  }
  return Array.from(tallies, ([instance, tally]) => ({
    instance: trace.instances[instance]?.number ?? 0,
    ...tally.finish(owners.owners),
  })).sort((a, b) => (b.peak?.bytes ?? 0) - (a.peak?.bytes ?? 0) || a.instance - b.instance);
}
