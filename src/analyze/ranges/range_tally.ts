// Adds up what happens to the blocks of a heap in a range, by whose they are. Its memory grows with the owners, not the rows.
import type { BlockOwner } from "./block_owner.ts";
import type { OwnedSum, RangePeak, RangeSums } from "./range_sums.ts";

/** Takes the blocks of a range as they come and go. */
export interface RangeTally {
  /** A block that is there when the range begins. */
  held(owner: number, bytes: number): void;
  made(owner: number, bytes: number): void;
  /** `within`: it was made in the range. */
  gone(owner: number, bytes: number, within: boolean): void;
  /** All blocks of a row were told; so many bytes are allocated now. */
  row(row: number, time: number, allocated: number): void;
  /** Everything so far. Where no row was told, the peak is what was held at the beginning. */
  finish(owners: readonly BlockOwner[]): RangeSums;
}

/** Blocks and bytes by owner. */
type Sums = Map<number, { blocks: number; bytes: number }>;

/** Begins before the first row of a range. */
export function rangeTally(): RangeTally {
  const retained: Sums = new Map();
  const end: Sums = new Map();
  const allocated: Sums = new Map();
  const freed: Sums = new Map();
  /** What changed since the peak: the peak is the end without it, so that no block needs to be kept. */
  const since: Sums = new Map();
  let rows = 0;
  let peak: RangePeak | null = null;
  return {
    held(owner, bytes) {
      add(end, owner, 1, bytes);
    },
    made(owner, bytes) {
      add(retained, owner, 1, bytes);
      add(allocated, owner, 1, bytes);
      add(end, owner, 1, bytes);
      add(since, owner, 1, bytes);
    },
    gone(owner, bytes, within) {
      if (within) add(retained, owner, -1, -bytes);
      add(freed, owner, 1, bytes);
      add(end, owner, -1, -bytes);
      add(since, owner, -1, -bytes);
    },
    row(row, time, bytes) {
      rows++;
      if (peak !== null && bytes <= peak.bytes) return;
      peak = { row, time, bytes };
      since.clear();
    },
    finish(owners) {
      const top: Sums = new Map();
      for (const [owner, { blocks, bytes }] of end) add(top, owner, blocks, bytes);
      for (const [owner, { blocks, bytes }] of since) add(top, owner, -blocks, -bytes);
      const sums = {
        retained: sumsOf(retained),
        peak: sumsOf(top),
        end: sumsOf(end),
        allocated: sumsOf(allocated),
        freed: sumsOf(freed),
      };
      return { rows, peak, owners, sums };
    },
  };
}

function add(sums: Sums, owner: number, blocks: number, bytes: number): void {
  const sum = sums.get(owner);
  if (sum === undefined) sums.set(owner, { blocks, bytes });
  else {
    sum.blocks += blocks;
    sum.bytes += bytes;
  }
}

function sumsOf(sums: Sums): OwnedSum[] {
  return Array.from(sums, ([owner, sum]) => ({ owner, ...sum })).filter(({ blocks }) => blocks !== 0);
}
