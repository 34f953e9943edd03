// Sums up a range of one heap of an indexed recording, part by part.
import { asksMemory, OP } from "../../malloc/operation.ts";
import type { IndexedRecording, LiveRow, RowPart } from "../../recording/indexed/indexed_recording.ts";
import type { BlockOwner } from "./block_owner.ts";
import type { RangeSums } from "./range_sums.ts";
import { type RangeTally, rangeTally } from "./range_tally.ts";
import { type RowOwners, rowOwners } from "./row_owners.ts";
import { inIndexed, type SurroundingsOf } from "./surroundings.ts";
import type { TimeRange } from "./time_range.ts";

/** One heap, and both ends of a range. */
interface HeapRange extends TimeRange {
  /** Index into the recording's heaps. */
  readonly heap: number;
}

/** Whether the answer is still wanted, and how far it is: from 0 to 1. */
export interface Watching {
  readonly signal?: AbortSignal;
  readonly progress?: (part: number) => void;
}

/** A block of the range: whose, its bytes, and whether the range made it. */
interface Block {
  readonly owner: number;
  readonly taken: number;
  readonly within: boolean;
}

/**
 * Reads the rows of the range once; memory grows with live blocks and owners. Rejects with the recording's own error where it
 * is damaged, and with the signal's reason.
 */
export async function rangeOfIndexed(
  recording: IndexedRecording,
  { heap, from, to }: HeapRange,
  { signal, progress }: Watching = {},
): Promise<RangeSums> {
  const around = inIndexed(recording, heap);
  const owners = rowOwners(recording, around);
  const tally = rangeTally();
  const live = new Map<number, Block>();
  let allocated = 0;
  for (const row of await recording.liveAt(heap, from - 1, signal)) {
    const owner = owners.numberOf(ownerOfLive(row, around));
    live.set(row.address, { owner, taken: row.taken, within: false });
    tally.held(owner, row.taken);
    allocated += row.taken;
  }
  const end = Math.min(to, recording.heaps[heap]?.to ?? to);
  for await (const part of recording.rows({ heap, from, to }, signal)) {
    allocated = takePart(part, live, owners, tally, allocated);
    progress?.(Math.min(1, ((part.time[part.length - 1] ?? from) - from) / Math.max(1, end - from)));
  }
  return tally.finish(owners.owners);
}

/** Whose a live block is. */
export function ownerOfLive(
  { place, func, stack, thread, mark, row, time }: LiveRow,
  around: SurroundingsOf,
): BlockOwner {
  const { ta, command } = around(row, time);
  return { place, func, thread, ta, command, mark, ...(stack === undefined ? {} : { stack }) };
}

/** Enters the rows of a part. Returns the bytes allocated after the last. */
function takePart(
  { length, op, pointer, result, allocated, row, time, site, thread }: RowPart,
  live: Map<number, Block>,
  owners: RowOwners,
  tally: RangeTally,
  before: number,
): number {
  let was = before;
  for (let at = 0; at < length; at++) {
    const now = allocated[at] as number;
    const kind = op[at] as number;
    const given = pointer[at] as number;
    const made = result[at] as number;
    let taken = now - was;
    was = now;
    // A request that fails ends no block.
    if (given !== 0 && kind !== OP.P && (made !== 0 || !asksMemory(kind))) taken += end(given, live, tally);
    if (made !== 0 && kind !== OP.P) {
      // An address that is given twice: the older block is gone, though no row says so.
      end(made, live, tally);
      const owner = owners.ofRow(row[at] as number, time[at] as number, site[at] as number, thread[at] as number);
      const block = { owner, taken: Math.max(0, taken), within: true };
      live.set(made, block);
      tally.made(owner, block.taken);
    }
    tally.row(row[at] as number, time[at] as number, now);
  }
  return was;
}

/** Ends the block at an address, if there is one. Returns its bytes. */
function end(address: number, live: Map<number, Block>, tally: RangeTally): number {
  const block = live.get(address);
  if (block === undefined) return 0;
  live.delete(address);
  tally.gone(block.owner, block.taken, block.within);
  return block.taken;
}
