// Live blocks that are followed row by row; names are looked up only for those that are asked for.
import { asksMemory, OP } from "../../malloc/operation.ts";
import type { IndexedRecording, LiveRow } from "../../recording/indexed/indexed_recording.ts";
import type { RowWindow } from "./row_window.ts";
import type { SurroundingsOf } from "./surroundings.ts";

/** What is known of a block. */
export type CursorBlock = Pick<LiveRow, "address" | "size" | "taken" | "place" | "func" | "mark" | "time">;

/** A block that a row made. */
interface MadeBlock {
  readonly size: number;
  readonly taken: number;
  readonly site: number;
  readonly row: number;
  readonly time: number;
}

/** Live blocks by address. */
export interface FollowedBlocks {
  /** Goes on with rows [from, to) of a window. */
  apply(rows: RowWindow, from: number, to: number): void;
  copy(): FollowedBlocks;
  blocks(): CursorBlock[];
}

/** Begins with some live blocks. */
export function createFollowedBlocks(
  recording: IndexedRecording,
  around: SurroundingsOf,
  live: readonly LiveRow[],
): FollowedBlocks {
  const allocated = live.reduce((sum, { taken }) => sum + taken, 0);
  return follow(recording, around, new Map(live.map((row) => [row.address, row])), allocated);
}

function follow(
  recording: IndexedRecording,
  around: SurroundingsOf,
  live: Map<number, LiveRow | MadeBlock>,
  before: number,
): FollowedBlocks {
  let allocated = before;
  return {
    apply({ op, pointer, size, result, allocated: after, site, row, time }, from, to) {
      for (let at = from; at < to; at++) {
        const kind = op[at] as number;
        const given = pointer[at] as number;
        const made = result[at] as number;
        let taken = (after[at] as number) - allocated;
        allocated = after[at] as number;
        if (kind === OP.P) continue;
        // A request that fails ends no block.
        if (given !== 0 && (made !== 0 || !asksMemory(kind))) {
          taken += live.get(given)?.taken ?? 0;
          live.delete(given);
        }
        if (made === 0) continue;
        live.set(made, {
          size: size[at] as number,
          taken: Math.max(0, taken),
          site: site[at] as number,
          row: row[at] as number,
          time: time[at] as number,
        });
      }
    },
    copy: () => follow(recording, around, new Map(live), allocated),
    blocks: () => Array.from(live, ([address, block]) => named(recording, around, address, block)),
  };
}

function named(
  { sites }: IndexedRecording,
  around: SurroundingsOf,
  address: number,
  block: LiveRow | MadeBlock,
): CursorBlock {
  if ("place" in block) return block;
  const { size, taken, site, row, time } = block;
  const { place, func } = sites[site] ?? { place: "", func: "" };
  return { address, size, taken, place, func, mark: around(row, time).mark, time };
}
