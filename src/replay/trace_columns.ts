// The columns of a recorded heap trace in memory.

/** The caller of the allocator. */
export interface Site {
  readonly func: string;
  /** `file:line`. */
  readonly place: string;
  /** The way there, as `readCallStack` reads it; absent where it is not known. */
  readonly stack?: string;
}

/** What was run from a row on. */
export interface Mark {
  readonly name: string;
  /** The command line; empty if none is noted. */
  readonly command: string;
  /** First row; the mark ends where the next one begins. */
  readonly row: number;
}

/** A pool that was added. */
export interface RecordedPool {
  readonly row: number;
  /** Row of the realloc that the allocator itself makes for its pool table; -1 if there is none. */
  readonly tableRow: number;
  /** Address of the first byte. */
  readonly address: number;
  /** Bytes. */
  readonly length: number;
}

/** One instance of a heap: every loading of a TA begins a new one. */
export interface Instance {
  /** As in the file, from 1. */
  readonly number: number;
  /** First and last row. Rows of other instances may lie between them. */
  readonly first: number;
  readonly last: number;
  readonly pools: readonly RecordedPool[];
  /**
   * How many of its first allocations stand for blocks that were found when the recording began: their order is unknown,
   * and a replay of them not exact. Absent where the recording has everything from the pool on.
   */
  readonly found?: number;
}

/** Whole numbers by row: a `Float64Array`, or a `Uint32Array` where none of them has more than 32 bits. */
interface NumberColumn extends Iterable<number> {
  readonly length: number;
  readonly [row: number]: number;
  at(row: number): number | undefined;
  reduce(add: (sum: number, value: number, row: number) => number, start?: number): number;
  subarray(from?: number, to?: number): NumberColumn;
}

/** What each row tells, column by column. Numbers are exact up to 2^53. */
export interface TraceColumns {
  /** Index into `instances`. */
  readonly instance: Int32Array;
  /** Microseconds since reset. */
  readonly time: Float64Array;
  /** Char code of the operation, see `OP`. */
  readonly op: Uint8Array;
  /** Address passed in; 0 if none. */
  readonly pointer: Float64Array;
  /** Bytes asked for; of a calloc all members together; of a pool its length. */
  readonly size: NumberColumn;
  /** Calloc: number of members; memalign: alignment; else 0. */
  readonly arg: NumberColumn;
  /** Address returned; 0 if the request failed, or nothing is returned. */
  readonly result: Float64Array;
  /** Bytes allocated after the operation, block headers included. */
  readonly allocated: NumberColumn;
  /** Index into `sites`. */
  readonly site: Int32Array;
  /** Index into `threads`. */
  readonly thread: Int32Array;
  /** Block that the row makes, or -1. */
  readonly makes: Int32Array;
  /** Block that the row was given, or -1 if none or unknown. It ends here, except in a realloc that failed. */
  readonly ends: Int32Array;
}

/**
 * Some rows of a trace that follow upon each other: `from` to `to` - 1. The columns have row `first` at index 0, and are good
 * until the next rows are asked for. A block has the same number from the row that makes it to the one that ends it; it may be
 * another's after that.
 */
export interface TraceRows extends TraceColumns {
  readonly first: number;
  readonly from: number;
  readonly to: number;
}

/** A trace whose rows are read in parts. Rows that it gives may start before those asked for, and end after them. */
export interface TraceParts {
  /** The blocks in its rows are numbered from 0 to `slots` - 1. */
  readonly slots: number;
  /** The rows from `from` to `to` - 1, in ascending order. */
  rows(from: number, to: number): Iterable<TraceRows>;
  /** Rows among which this one is. */
  at(row: number): TraceRows;
}

/**
 * A recorded heap trace in columns: index all of them by row, 0 to `length` - 1. Blocks are numbered from 0 in the order in
 * which they are made.
 */
export interface RecordedTrace extends TraceColumns {
  /** Release of OP-TEE, as `4.0.0`; empty if the file does not say. */
  readonly version: string;
  /** `core`, `ldelf` or `ta-UUID`; empty if the file does not say. */
  readonly context: string;
  readonly length: number;
  /** Number of blocks. */
  readonly blocks: number;
  readonly sites: readonly Site[];
  /** Core: thread ids, `-1` outside of a thread; ldelf: UUID of the TA being loaded; TA: `-`. */
  readonly threads: readonly string[];
  readonly instances: readonly Instance[];
  readonly marks: readonly Mark[];
  /** For each line that is not a row, the row that comes after it; ascending. */
  readonly skipped: Int32Array;
  /** True where the file may have been cut off in its last line: it has no end. It is not in the trace where it is no row. */
  readonly cut?: boolean;
  /**
   * Its rows in parts, where they are packed: then a column is unpacked as a whole when it is first asked for. Absent where
   * the columns are in memory.
   */
  readonly parts?: TraceParts;
}
