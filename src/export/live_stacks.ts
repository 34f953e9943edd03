// Adds up over time what each stack holds, all heaps together.
import { blockLives } from "../analyze/block_lives.ts";
import { timeRuns } from "../analyze/time_runs.ts";
import { rowCursor } from "../replay/trace_rows.ts";
import type { Selection } from "./selection.ts";
import type { Stacks } from "./stacks.ts";

/** A moment: right after a row. */
export interface StackMoment {
  /** Number of the row in time order, all heaps together. */
  readonly row: number;
  /** Microseconds since the first row; never less than before, though the clock may step back where several cores write it. */
  readonly time: number;
  /** What all heaps hold. */
  readonly bytes: number;
}

/** What each stack holds, by its number. */
export interface HeldByStack {
  readonly bytes: Float64Array;
  readonly blocks: Float64Array;
}

/** Visits every moment. Of a heap with several instances, what an instance holds goes with its last row. */
export function eachMoment(
  { heaps, first }: Selection,
  stacks: Stacks,
  visit: (moment: StackMoment, held: HeldByStack) => void,
): void {
  const held = { bytes: new Float64Array(stacks.list.length), blocks: new Float64Array(stacks.list.length) };
  let bytes = 0;
  const lives = heaps.map(({ trace }) => blockLives(trace));
  const times = heaps.map(({ trace }) => rowCursor(trace, ["time"]));
  const changes = lives.map(({ live }, heap) => {
    const stackOf = new Int32Array(live.made.length);
    const add = (block: number, sign: number): void => {
      if (sign > 0) stackOf[block] = stacks.ofBlock(heap, live, block);
      const size = sign * (live.bytes[block] as number);
      const stack = stackOf[block] as number;
      held.bytes[stack] = (held.bytes[stack] as number) + size;
      held.blocks[stack] = (held.blocks[stack] as number) + sign;
      bytes += size;
    };
    return { made: (block: number) => add(block, 1), gone: (block: number) => add(block, -1) };
  });
  for (const [heap, { range }] of heaps.entries()) {
    const own = changes[heap];
    if (own) lives[heap]?.before(range.from, own);
  }
  let done = 0;
  let time = 0;
  for (const { heap, from, to } of timeRuns(heaps)) {
    const own = changes[heap] as (typeof changes)[number];
    const rowsAt = times[heap] as (typeof times)[number];
    for (let row = from; row < to; row++) {
      lives[heap]?.at(row, own);
      const rows = rowsAt(row);
      time = Math.max(time, (rows.time[row - rows.first] as number) - first);
      visit({ row: done++, time, bytes }, held);
      lives[heap]?.after(row, own);
    }
  }
}

/** The moment at which all heaps together hold the most, and what each stack holds then; null if there are no rows. */
export function peakOfStacks(
  selection: Selection,
  stacks: Stacks,
  onRows: (rows: number) => void,
): { readonly moment: StackMoment; readonly held: HeldByStack } | null {
  let peak: StackMoment | null = null;
  eachMoment(selection, stacks, (moment) => {
    if (moment.bytes > (peak?.bytes ?? -1)) peak = moment;
    if (moment.row % PROGRESS_ROWS === 0) onRows(moment.row / 2);
  });
  let found: { moment: StackMoment; held: HeldByStack } | null = null;
  eachMoment(selection, stacks, (moment, { bytes, blocks }) => {
    if (moment.row === peak?.row) found = { moment, held: { bytes: bytes.slice(), blocks: blocks.slice() } };
    if (moment.row % PROGRESS_ROWS === 0) onRows((selection.rows + moment.row) / 2);
  });
  return found;
}

/** Rows between two notices of progress. */
export const PROGRESS_ROWS = 8192;
