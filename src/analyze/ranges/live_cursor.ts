// The live blocks of a heap at one moment after the other: quick where the moments are near each other, as while one is dragged.
import { countLeading } from "../../base/bisect.ts";
import type { IndexedRecording } from "../../recording/indexed/indexed_recording.ts";
import { type CursorBlock, createFollowedBlocks, type FollowedBlocks } from "./followed_blocks.ts";
import { type RowWindow, readWindow } from "./row_window.ts";
import { inIndexed } from "./surroundings.ts";

export interface LiveCursor {
  /** The live blocks right after the last row at or before a time, in microseconds; in any order. */
  at(time: number, signal?: AbortSignal): Promise<readonly CursorBlock[]>;
}

/** Rows: of 65,536 a replay takes some ten milliseconds. */
const REACH = 32_768;

/** Keeps about `reach` rows before the latest moment and as many behind it, and the blocks before the first of them. */
export function createLiveCursor(recording: IndexedRecording, heap: number, reach = REACH): LiveCursor {
  const { from = 0, to = 0, rows = 0 } = recording.heaps[heap] ?? {};
  const around = inIndexed(recording, heap);
  const back = Math.ceil(((to - from) * reach) / Math.max(1, rows));
  let window: RowWindow | undefined;
  let base: FollowedBlocks | undefined;
  let now: FollowedBlocks | undefined;
  let next = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function load(time: number, signal: AbortSignal | undefined): Promise<RowWindow> {
    if (window !== undefined && time >= window.from && time <= window.to) return window;
    // Right behind the window, the blocks after its last row are those before the next one.
    const follows = window !== undefined && now !== undefined && time > window.to && time - window.to <= back;
    const start = follows ? (window as RowWindow).to + 1 : Math.max(from, time - back);
    let before: FollowedBlocks;
    if (follows) {
      before = now as FollowedBlocks;
      before.apply(window as RowWindow, next, (window as RowWindow).length);
    } else before = createFollowedBlocks(recording, around, await recording.liveAt(heap, start - 1, signal));
    const loaded = await readWindow(recording, heap, { from: start, time, enough: 2 * reach }, signal);
    [window, base, now, next] = [loaded, before, before.copy(), 0];
    return loaded;
  }
  async function blocksAt(time: number, signal: AbortSignal | undefined): Promise<readonly CursorBlock[]> {
    const loaded = await load(Math.max(from, time), signal);
    const end = countLeading(loaded.length, (row) => (loaded.time[row] as number) <= time);
    if (end < next || now === undefined) [now, next] = [(base as FollowedBlocks).copy(), 0];
    now.apply(loaded, next, end);
    next = end;
    return now.blocks();
  }
  return {
    at(time, signal) {
      // One moment after the other, as each begins where the one before ended.
      const blocks = last.then(() => blocksAt(time, signal));
      last = blocks.catch(() => {});
      return blocks;
    },
  };
}
