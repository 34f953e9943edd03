// Follows the live blocks of a trace, row by row, in memory for those alone.
import { asksMemory } from "../malloc/operation.ts";
import type { RecordedTrace, TraceRows } from "../replay/trace_columns.ts";
import { rowParts, slotsOf } from "../replay/trace_rows.ts";

/** The blocks that are live before a row; index all arrays by the number that a block has in the rows. */
export interface LiveBlocks {
  /** Row that made the block; -1 where the number has no live block. */
  readonly made: Int32Array;
  /** Bytes that the block takes, header and slack included, and bytes that were asked for. */
  readonly bytes: Int32Array;
  readonly size: Float64Array;
  /** Index into the trace's `sites` and `instances`. */
  readonly site: Int32Array;
  readonly instance: Int32Array;
  /** Row and site of its first allocation: a block lives on through a realloc. */
  readonly born: Int32Array;
  readonly bornAt: Int32Array;
  /** Goes on to right before a row, or behind the last. */
  advance(row: number): void;
}

/**
 * Is notified of each block when its columns are there: in the row that makes it, and in the one that ends it. `into` is the
 * block that a realloc puts into its place, or -1.
 */
export interface BlockFollower {
  made?(live: LiveBlocks, block: number, row: number): void;
  gone?(live: LiveBlocks, block: number, row: number, into: number): void;
}

/**
 * Begins before the first row. The bytes of a block are the recorded difference in allocated bytes, so they are those of the
 * recorded allocator, whatever its word size, leak headers and slack are. A block that nobody frees stays live, even when its
 * instance has ended.
 */
export function followBlocks(trace: RecordedTrace, ...followers: readonly BlockFollower[]): LiveBlocks {
  const slots = slotsOf(trace);
  const made = new Int32Array(slots).fill(-1);
  const bytes = new Int32Array(slots);
  const size = new Float64Array(slots);
  const site = new Int32Array(slots);
  const instance = new Int32Array(slots);
  const born = new Int32Array(slots);
  const bornAt = new Int32Array(slots);
  const before = new Float64Array(trace.instances.length);
  const parts = rowParts(trace)[Symbol.iterator]();
  let rows: TraceRows | undefined;
  let next = 0;

  function take(columns: Columns, from: number, to: number): void {
    for (let row = from; row < to; row++) {
      const at = row - columns.first;
      const heap = columns.instance[at] as number;
      const block = columns.makes[at] as number;
      const allocated = columns.allocated[at] as number;
      let delta = allocated - (before[heap] as number);
      before[heap] = allocated;
      const given = columns.ends[at] as number;
      // A request that fails ends no block.
      if (given >= 0 && (block >= 0 || !asksMemory(columns.op[at] as number))) {
        delta += bytes[given] as number;
        for (const follower of followers) follower.gone?.(live, given, row, block);
        made[given] = -1;
      }
      if (block < 0) continue;
      // The number may be that of the block that has just ended.
      born[block] = given < 0 ? row : (born[given] as number);
      bornAt[block] = given < 0 ? (columns.site[at] as number) : (bornAt[given] as number);
      made[block] = row;
      bytes[block] = Math.max(0, delta);
      size[block] = columns.size[at] as number;
      site[block] = columns.site[at] as number;
      instance[block] = heap;
      for (const follower of followers) follower.made?.(live, block, row);
    }
  }
  const live: LiveBlocks = {
    made,
    bytes,
    size,
    site,
    instance,
    born,
    bornAt,
    advance(row) {
      const end = Math.min(row, trace.length);
      while (next < end) {
        if (rows === undefined || next >= rows.to) rows = parts.next().value as TraceRows;
        const to = Math.min(end, rows.to);
        take(columnsOf(rows), next, to);
        next = to;
      }
    },
  };
  return live;
}

type Columns = Pick<TraceRows, "first" | "instance" | "makes" | "ends" | "allocated" | "op" | "size" | "site">;

/** What is looked at: other columns need not be unpacked. */
function columnsOf({ first, instance, makes, ends, allocated, op, size, site }: TraceRows): Columns {
  return { first, instance, makes, ends, allocated, op, size, site };
}
