// Follows the blocks of a trace over time, for exporters that draw them.
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { followBlocks, type LiveBlocks } from "./live_blocks.ts";

/** Is notified of blocks that come and go, by the numbers that they have in the rows. */
export interface BlockChanges {
  made(block: number, row: number): void;
  gone(block: number, row: number): void;
}

/** The blocks of a heap over time: rows are asked for in ascending order. */
export interface BlockLives {
  readonly live: LiveBlocks;
  /** Tells of all blocks that live right before a row, in the order in which they were made. */
  before(row: number, changes: BlockChanges): void;
  /** Tells what a row changes: what ends first, then what is made. */
  at(row: number, changes: BlockChanges): void;
  /** Tells what goes after a row, which is the last of its instance. */
  after(row: number, changes: BlockChanges): void;
}

/**
 * Follows the blocks of a trace. Of a heap with several instances, what an instance has not freed goes with its last row;
 * that of a heap with one stays.
 */
export function blockLives(trace: RecordedTrace): BlockLives {
  const several = trace.instances.length > 1;
  /** Live blocks of each instance, in the order in which they were made. */
  const held = new Map<number, Set<number>>();
  const endsIn = new Map(several ? trace.instances.map(({ last }, instance) => [last, instance]) : []);
  let heard: BlockChanges | null = null;
  const live = followBlocks(trace, {
    made({ instance }, block, row) {
      if (several) heldBy(instance[block] as number).add(block);
      heard?.made(block, row);
    },
    gone({ instance }, block, row) {
      if (several) heldBy(instance[block] as number).delete(block);
      heard?.gone(block, row);
    },
  });

  function heldBy(instance: number): Set<number> {
    const known = held.get(instance) ?? new Set();
    held.set(instance, known);
    return known;
  }
  return {
    live,
    before(row, changes) {
      live.advance(row);
      const there = [...live.made.keys()].filter((block) => {
        if ((live.made[block] as number) < 0) return false;
        return !several || (trace.instances[live.instance[block] as number]?.last ?? 0) >= row;
      });
      there.sort((a, b) => (live.made[a] as number) - (live.made[b] as number));
      for (const block of there) changes.made(block, row);
    },
    at(row, changes) {
      heard = changes;
      live.advance(row + 1);
      heard = null;
    },
    after(row, changes) {
      const instance = endsIn.get(row);
      if (instance === undefined) return;
      for (const block of heldBy(instance)) changes.gone(block, row);
      held.delete(instance);
    },
  };
}
