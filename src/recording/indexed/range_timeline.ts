// Allocated bytes of a heap in equal parts of a range.
import { countLeading } from "../../base/bisect.ts";
import { asksMemory } from "../../malloc/operation.ts";
import type { Bins } from "./bins.ts";
import type { RangeTimeline } from "./indexed_recording.ts";
import type { RowReader } from "./range_rows.ts";
import type { HeapIndex } from "./recording_index.ts";
import { createTimelineParts, type TimelineParts } from "./timeline_parts.ts";

/** Rows that are looked at one by one: those of a few batches. */
const FEW_ROWS = 2 ** 17;

/** Least, greatest and last allocated bytes in equal parts of [from, to). */
export async function timelineIn(
  heap: HeapIndex,
  key: number,
  reader: RowReader,
  { from, to, parts }: { readonly from: number; readonly to: number; readonly parts: number },
  signal?: AbortSignal,
): Promise<RangeTimeline> {
  const { bins } = heap;
  // The bin before the first that begins in the range may end in it.
  const first = Math.max(0, countLeading(bins.length, (n) => (bins.time[n] as number) < from) - 1);
  const end = countLeading(bins.length, (n) => (bins.time[n] as number) < to);
  const drawn = createTimelineParts(from, to, parts, first > 0 ? (bins.last[first - 1] as number) : Number.NaN);
  if ((end - first) * bins.each > FEW_ROWS) {
    for (let bin = first; bin < end; bin++) addBin(drawn, bins, bin);
    return drawn.finish(widestBin(bins, first, end));
  }
  if (end > first)
    for await (const part of reader.rows({ heap: key, from: bins.time[first] as number, to }, signal))
      for (let at = 0; at < part.length; at++) {
        const refused = heap.kind === "events" && part.result[at] === 0 && asksMemory(part.op[at] as number);
        drawn.add(part.time[at] as number, part.allocated[at] as number, refused ? 1 : 0);
      }
  return drawn.finish(0);
}

/** A bin is in every part that it may have rows in. */
function addBin(drawn: TimelineParts, { time, end, least, greatest, last, refused }: Bins, bin: number): void {
  drawn.spread(time[bin] as number, end[bin] as number, least[bin] as number, greatest[bin] as number);
  drawn.add(end[bin] as number, last[bin] as number, refused[bin] as number);
}

function widestBin({ time, end }: Bins, first: number, to: number): number {
  let widest = 0;
  for (let bin = first; bin < to; bin++) widest = Math.max(widest, (end[bin] as number) - (time[bin] as number));
  return widest;
}
