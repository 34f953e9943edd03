// Follows the blocks of a trace over time, for exporters that draw them.
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { type BlockTable, blockTable } from "./block_table.ts";

/** Is notified of blocks that come and go. */
export interface BlockChanges {
  made(block: number, row: number): void;
  gone(block: number, row: number): void;
}

/** The blocks of a heap over time. */
export interface BlockLives {
  readonly table: BlockTable;
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
  const table = blockTable(trace);
  const several = trace.instances.length > 1;
  const left = several ? leftOf(trace, table) : null;
  const liveAt = (block: number, row: number): boolean => {
    const ended = table.ended[block] as number;
    if (ended >= 0) return ended >= row;
    return !several || (trace.instances[trace.instance[table.made[block] as number] as number]?.last ?? 0) >= row;
  };
  return {
    table,
    before(row, changes) {
      for (let block = 0; block < trace.blocks; block++) {
        if ((table.made[block] as number) >= row) break;
        if (liveAt(block, row)) changes.made(block, row);
      }
    },
    at(row, changes) {
      const ended = trace.ends[row] as number;
      if (ended >= 0 && table.ended[ended] === row) changes.gone(ended, row);
      const made = trace.makes[row] as number;
      if (made >= 0) changes.made(made, row);
    },
    after(row, changes) {
      if (left === null) return;
      const instance = trace.instance[row] as number;
      if (trace.instances[instance]?.last === row) for (const block of left.of(instance)) changes.gone(block, row);
    },
  };
}

/** The blocks that no row ended, by instance. */
function leftOf(trace: RecordedTrace, { made, ended }: BlockTable): { of(instance: number): Int32Array } {
  const start = new Int32Array(trace.instances.length + 1);
  const instanceOf = (block: number): number => trace.instance[made[block] as number] as number;
  const each = (visit: (block: number) => void): void => {
    for (let block = 0; block < trace.blocks; block++) if ((ended[block] as number) < 0) visit(block);
  };
  each((block) => {
    start[instanceOf(block) + 1] = (start[instanceOf(block) + 1] as number) + 1;
  });
  for (let i = 1; i < start.length; i++) start[i] = (start[i] as number) + (start[i - 1] as number);
  const blocks = new Int32Array(start.at(-1) ?? 0);
  const next = start.slice();
  each((block) => {
    const at = next[instanceOf(block)] as number;
    blocks[at] = block;
    next[instanceOf(block)] = at + 1;
  });
  return { of: (instance) => blocks.subarray(start[instance], start[instance + 1]) };
}
