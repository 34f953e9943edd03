// The live blocks of a heap at a moment.
import type { Site } from "../../replay/trace_columns.ts";
import { unpackBlocks } from "./block_bytes.ts";
import type { LiveRow, RowPart } from "./indexed_recording.ts";
import { createLiveSet, type KeptBlock, type LiveSet } from "./live_set.ts";
import { ownersOf } from "./owners.ts";
import type { RowReader } from "./range_rows.ts";
import type { HeapIndex, RecordingIndex } from "./recording_index.ts";

/** The texts that blocks name by index. */
interface BlockTexts {
  readonly sites: readonly Site[];
  readonly threads: readonly string[];
}

/** The live blocks of a heap right after its last row at or before a time, ascending by address. */
export async function liveAt(
  index: RecordingIndex,
  reader: RowReader,
  { sites, threads }: BlockTexts,
  key: number,
  time: number,
  signal?: AbortSignal,
): Promise<LiveRow[]> {
  const heap = index.heaps[key];
  if (heap === undefined || heap.kind !== "events") return [];
  const blocks = time >= heap.to ? heap.live.blocks() : await replayed(heap, reader, key, time, signal);
  const owners = ownersOf(index, heap);
  return blocks.map(({ site, thread, position, ...rest }) => {
    const owner = { mark: owners.mark(position), command: owners.command(position) };
    return { ...rest, place: "", func: "", ...sites[site], thread: threads[thread] ?? "", ...owner };
  });
}

async function replayed(
  heap: HeapIndex,
  reader: RowReader,
  key: number,
  time: number,
  signal: AbortSignal | undefined,
): Promise<KeptBlock[]> {
  const kept = heap.kept.findLast((set) => set.time <= time);
  const { allocated, blocks } = kept === undefined ? { allocated: 0, blocks: [] } : unpackBlocks(kept.bytes);
  const live = createLiveSet(blocks, allocated);
  for await (const part of reader.rowsFrom(key, kept?.batch ?? 0, signal)) if (!replay(live, part, time)) break;
  return live.blocks();
}

/** Enters the rows up to a time. False where a later row comes. */
function replay(live: LiveSet, part: RowPart, until: number): boolean {
  const { op, pointer, size, result, allocated } = part;
  for (let at = 0; at < part.length; at++) {
    const time = part.time[at] as number;
    if (time > until) return false;
    live.operate(
      op[at] as number,
      pointer[at] as number,
      size[at] as number,
      result[at] as number,
      allocated[at] as number,
      {
        site: part.site[at] as number,
        thread: part.thread[at] as number,
        position: part.position[at] as number,
        row: part.row[at] as number,
        time,
      },
    );
  }
  return true;
}
