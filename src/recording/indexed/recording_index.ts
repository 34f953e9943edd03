// The type of an index: all that is kept of a recording in memory.

import type { FindingRow } from "../finding_rows.ts";
import type { SiteTexts } from "../site_numbers.ts";
import type { createBins } from "./bins.ts";
import type { IndexedEntry, IndexedMark, IndexedPeak, IndexedPool } from "./indexed_recording.ts";
import type { LiveSet } from "./live_set.ts";

/** A batch of the stream. */
export interface IndexedBatch {
  /** Offset of its message, and bytes of it. */
  readonly at: number;
  readonly bytes: number;
  /** Checksum of its head, which has that of its body in it. */
  readonly sum: number;
  readonly rows: number;
  /** Least and greatest time, in microseconds. */
  readonly from: number;
  readonly to: number;
  /** Offsets of the messages with the lists of texts in force, by text column; -1 for none. */
  readonly lists: readonly number[];
  /** Heaps that have rows in it, and how many each. */
  readonly heaps: readonly number[];
  readonly counts: readonly number[];
  /** It has lines of the secure console. */
  readonly console: boolean;
}

/** The live blocks of a heap before its first row in a batch, packed. */
export interface KeptSet {
  readonly batch: number;
  /** Of the last row before it, in microseconds. */
  readonly time: number;
  readonly bytes: Uint8Array;
}

/** What goes on in all lives of a heap. */
export interface HeapContext {
  readonly name: string;
  /** Key of the life that began last, -1 for none. */
  latest: number;
  /** Indexes of the entries that were not left, the innermost last, by instance. */
  readonly entered: Map<number, number[]>;
}

/** What is known of a heap or of a series of samples. */
export interface HeapIndex {
  readonly kind: "events" | "samples";
  readonly context: HeapContext;
  readonly instance: number;
  rows: number;
  from: number;
  to: number;
  pools: IndexedPool[];
  poolSize: number;
  peak: IndexedPeak;
  allocated: number;
  refused: number;
  found: number;
  counted: number;
  readonly bins: ReturnType<typeof createBins>;
  /** After the last row. */
  readonly live: LiveSet;
  kept: KeptSet[];
}

/** A mark with the name of its heap, and the number of its row in the recording. */
export interface RawMark extends IndexedMark {
  readonly context: string;
  readonly position: number;
}

/** A finding, with the key of the TA's heap and the number of its next row there. */
export interface RawFinding extends Omit<FindingRow, "times"> {
  times: number;
  readonly heap: number;
  readonly row: number;
}

/** An entry whose heap may have no rows yet, with the numbers of its rows in the recording; -1 where it was not left. */
export type RawEntry = { -readonly [K in Exclude<keyof IndexedEntry, "uuid" | "heap">]: IndexedEntry[K] } & {
  readonly context: string;
  readonly instance: number;
  readonly fromPosition: number;
  toPosition: number;
};

/** An index that covers the beginning of a recording, or all of it. */
export interface RecordingIndex {
  readonly origin: string;
  readonly version: string;
  /** Bytes of the stream that are covered: the next message begins there. */
  covered: number;
  /** The end mark stands there. */
  ended: boolean;
  length: number;
  from: number;
  to: number;
  /** Texts of the columns that repeat them, by id. */
  readonly texts: Map<number, readonly string[]>;
  readonly sites: SiteTexts[];
  readonly batches: IndexedBatch[];
  readonly heaps: HeapIndex[];
  readonly marks: RawMark[];
  readonly entries: RawEntry[];
  readonly findings: RawFinding[];
  /** Names of heaps, of pools and of TAs with samples. */
  readonly contexts: Map<string, HeapContext>;
}
