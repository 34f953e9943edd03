// The largest free block of a heap at some moments of a range: how broken up its free memory is.
import { heapMap } from "../../../analyze/ranges/heap_map.ts";
import { shapeOfIndexed } from "../../../analyze/ranges/indexed_shape.ts";
import { err, ok, type Result } from "../../../base/result.ts";
import type { IndexedRecording } from "../../../recording/indexed/indexed_recording.ts";
import type { PageWork } from "./answering.ts";
import type { FileHeapRange, FreeMoments } from "./questions.ts";

/** At the middles of `count` equal parts of the range, as far as the heap lives then. The error says why that is not known. */
export async function largestFree(
  recording: IndexedRecording,
  { heap: key, from, to }: Omit<FileHeapRange, "file">,
  count: number,
  { signal, progress }: PageWork,
): Promise<Result<FreeMoments>> {
  const heap = recording.heaps[key];
  if (heap?.kind !== "events") return err("counters do not tell where blocks lie");
  if (heap.pools.length === 0) return err("the addresses of its pools were not recorded");
  const shape = await shapeOfIndexed(recording, key);
  const times: number[] = [];
  const bytes: number[] = [];
  for (let n = 0; n < count && !signal.aborted; n++) {
    // Other questions that wait come first.
    await new Promise((resolve) => setTimeout(resolve));
    const time = Math.round(from + ((n + 0.5) * (to - from)) / count);
    if (time < heap.from || time > heap.to) continue;
    const pools = heap.pools.filter((pool) => pool.time <= time);
    const maps = heapMap({ ...shape, pools }, await recording.liveAt(key, time, signal));
    times.push(time);
    bytes.push(largestHole(maps));
    progress(n / count);
  }
  return ok({ times, bytes });
}

type Maps = readonly { readonly parts: readonly { readonly size: number; readonly block: unknown }[] }[];

/** Bytes with the header; 0 where nothing is free. */
function largestHole(maps: Maps): number {
  let largest = 0;
  for (const { parts } of maps)
    for (const { size, block } of parts) if (block === null && size > largest) largest = size;
  return largest;
}
