// The rule of three snapshots at three moments of an indexed recording.
import type { IndexedRecording } from "../../recording/indexed/indexed_recording.ts";
import { type Holder, holders } from "../holders.ts";
import type { Suspect } from "../leak/three.ts";
import { GROUPINGS, type Grouping } from "./block_owner.ts";
import { momentSuspects } from "./changes.ts";
import { ownerOfLive } from "./indexed_range.ts";
import { inIndexed } from "./surroundings.ts";

/** Whose blocks came after the first moment and stayed, in bytes asked for, as `teemem leaks` tells. Microseconds. */
export async function suspectsAt(
  recording: IndexedRecording,
  heap: number,
  moments: readonly [number, number, number],
  by: Grouping,
  signal?: AbortSignal,
): Promise<Suspect[]> {
  const around = inIndexed(recording, heap);
  const held = async (time: number): Promise<Holder[]> => {
    const live = await recording.liveAt(heap, time, signal);
    return holders(live.map((row) => ({ size: row.size, site: GROUPINGS[by](ownerOfLive(row, around)) })));
  };
  const [first, second, third] = moments;
  return momentSuspects(await held(first), await held(second), await held(third));
}
