// Adds up what each stack allocated, and what of it was never freed.
import { followBlocks, type LiveBlocks } from "../analyze/live_blocks.ts";
import type { HeldByStack } from "./live_stacks.ts";
import type { Selection } from "./selection.ts";
import type { Stacks } from "./stacks.ts";

/** Sums by the number of a stack, of the selected rows alone. */
interface StackTotals {
  readonly made: HeldByStack;
  /** Live after the last row, of all instances: those that have ended, too. */
  readonly left: HeldByStack;
}

/** Goes through all heaps once. */
export function totalsOfStacks({ heaps }: Selection, stacks: Stacks, onRows: (rows: number) => void): StackTotals {
  const { length } = stacks.list;
  const empty = (): HeldByStack => ({ bytes: new Float64Array(length), blocks: new Float64Array(length) });
  const totals = { made: empty(), left: empty() };
  let rows = 0;
  for (const [heap, { trace, range }] of heaps.entries()) {
    const count = ({ bytes, blocks }: HeldByStack, live: LiveBlocks, block: number): void => {
      const stack = stacks.ofBlock(heap, live, block);
      blocks[stack] = (blocks[stack] as number) + 1;
      bytes[stack] = (bytes[stack] as number) + (live.bytes[block] as number);
    };
    const live = followBlocks(trace, {
      made(blocks, block, row) {
        if (row >= range.from) count(totals.made, blocks, block);
      },
    });
    live.advance(range.to);
    for (const [block, row] of live.made.entries()) if (row >= range.from) count(totals.left, live, block);
    rows += range.to - range.from;
    onRows(rows);
  }
  return totals;
}
