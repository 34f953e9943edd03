// The type of a recording that is read in parts.
import type { Site } from "../../replay/trace_columns.ts";
import type { ConsolePiece } from "../console_rows.ts";
import type { RecordedFinding } from "../finding_rows.ts";

/** `op` of a row that is a sample, beside the codes of operations in malloc/operation.ts. */
export const SAMPLE_OP = 83;

/** Where the most bytes were allocated, the first such row. */
export interface IndexedPeak {
  readonly allocated: number;
  /** Microseconds. */
  readonly time: number;
  /** Number of the row in its heap. */
  readonly row: number;
}

/** One life of a heap, with all its events; or a series of samples of one pool or TA. */
export interface IndexedHeap {
  /** Index into `heaps`. */
  readonly key: number;
  readonly kind: "events" | "samples";
  /** `core`, `ldelf`, `ta-UUID`; of samples the name of the pool, or the UUID of the TA. */
  readonly name: string;
  /** As in the recording, from 1; 0 for samples. */
  readonly instance: number;
  /** Events, or samples. */
  readonly rows: number;
  /** Time of the first and of the last row, in microseconds. */
  readonly from: number;
  readonly to: number;
  /** Bytes of all pools; of samples the greatest size, 0 if it was never known. */
  readonly poolSize: number;
  readonly pools: readonly IndexedPool[];
  readonly peak: IndexedPeak;
  /** Bytes allocated after the last row. */
  readonly allocated: number;
  /** Requests that failed; of samples as the last one counts them. */
  readonly refused: number;
  /** Blocks that were live already when the recording began. */
  readonly found: number;
  /** Of samples the greatest maximum that they count, in bytes: the peak may have been before the recording. Else 0. */
  readonly counted: number;
  /** Made of leak lists: no pool, no time and no order of operations is known, `time` numbers the lists from 0. */
  readonly lists: boolean;
}

/** A pool of a heap. */
export interface IndexedPool {
  /** Address of the first byte. */
  readonly address: number;
  /** Bytes. */
  readonly length: number;
  /** Microseconds; number of the row in its heap. */
  readonly time: number;
  readonly row: number;
}

/**
 * Something worth a sign on a timeline. `mark`: a test or command begins; `load`: an instance of a heap begins; `refused`: a
 * request failed; `panic`: the secure console told of a panic or an abort; `missed`: operations that were not seen;
 * `finding`: a checker noticed something in a TA.
 */
export interface IndexedMark {
  readonly kind: "mark" | "load" | "refused" | "panic" | "missed" | "finding";
  /** Microseconds. */
  readonly time: number;
  /** Heap that it is about, -1 for none in particular. */
  readonly heap: number;
  /** Row of that heap, or the next one; 0 where there is no heap. */
  readonly row: number;
  /** Name of the mark, call site of the request, line of the console, kind and place of the finding. */
  readonly name: string;
  /** Command line of a mark; empty where none is noted. */
  readonly command: string;
  /** Bytes that a refused request asked for, else 0. */
  readonly size: number;
}

/** An entry into a TA: from `enter` to `leave`. */
export interface IndexedEntry {
  readonly heap: number;
  readonly uuid: string;
  /** `create`, `open`, `invoke 3`, `close` or `destroy`. */
  readonly name: string;
  /** Microseconds; `to` is the recording's end where it was never left. */
  readonly from: number;
  readonly to: number;
  /** Rows of that heap, [fromRow, toRow). */
  readonly fromRow: number;
  readonly toRow: number;
}

/** Allocated bytes in equal parts of a range of time. */
export interface RangeTimeline {
  /** Microseconds: part `n` is [from + n * width, from + (n + 1) * width). */
  readonly from: number;
  readonly to: number;
  readonly width: number;
  /** By part; NaN before the first row. A part without a row has the last value before it in all three. */
  readonly least: Float64Array;
  readonly greatest: Float64Array;
  readonly last: Float64Array;
  /** Requests that failed in the part. */
  readonly refused: Float64Array;
  /** Microseconds by which a value may lie beside its part; 0 where the parts were counted row by row. */
  readonly blur: number;
}

/** Some rows that follow upon each other in the recording. Good until the next part is taken. */
export interface RowPart {
  readonly length: number;
  /** Index into `heaps`. */
  readonly heap: Int32Array;
  /** Number of the row in the recording, and in its heap; both from 0. */
  readonly position: Float64Array;
  readonly row: Float64Array;
  /** Microseconds. */
  readonly time: Float64Array;
  /** Char code of the operation, see malloc/operation.ts; or `SAMPLE_OP`. */
  readonly op: Uint8Array;
  readonly pointer: Float64Array;
  /** Bytes asked for; of a sample all its pools, NaN if not known. */
  readonly size: Float64Array;
  readonly arg: Float64Array;
  readonly result: Float64Array;
  /** Bytes allocated after the operation; of a sample NaN if not known. */
  readonly allocated: Float64Array;
  /** Index into `sites`. */
  readonly site: Int32Array;
  /** Index into `threads`. */
  readonly thread: Int32Array;
}

/** A block that is live at a moment. */
export interface LiveRow {
  readonly address: number;
  /** Bytes asked for. */
  readonly size: number;
  /** Bytes that it takes, header and slack included. */
  readonly taken: number;
  /** `file:line` and function of the call site; empty where not known. */
  readonly place: string;
  readonly func: string;
  /** Who called, as `readCallStack` reads it; absent where it is not known. */
  readonly stack?: string;
  readonly thread: string;
  /** Name of the mark in which it was made; empty before the first. */
  readonly mark: string;
  /** Command of the innermost entry into the TA in which it was made; empty where none is known. */
  readonly command: string;
  /** When it was made, in microseconds, and the row of its heap; a realloc makes a block anew. */
  readonly time: number;
  readonly row: number;
  /** When it was first allocated: a block lives on through a realloc. */
  readonly born: number;
}

/** What the rows of a heap in a range are asked by. */
export interface RowQuery {
  /** Index into `heaps`; default all. */
  readonly heap?: number;
  /** Microseconds, both inclusive. */
  readonly from: number;
  readonly to: number;
}

/** A recording of which only an index is in memory. */
export interface IndexedRecording {
  /** File or source that it comes from, and release of OP-TEE; empty if unknown. */
  readonly origin: string;
  readonly version: string;
  /** By key. */
  readonly heaps: readonly IndexedHeap[];
  /** Microseconds of the first and the last row. */
  readonly from: number;
  readonly to: number;
  /** Rows of any kind. */
  readonly length: number;
  readonly sites: readonly Site[];
  readonly threads: readonly string[];
  /** Ascending by time. Of each heap at most the first thousand refusals. */
  readonly marks: readonly IndexedMark[];
  /** In the order in which they began. */
  readonly entries: readonly IndexedEntry[];
  /** Ascending by time; at most the first two thousand. */
  readonly findings: readonly RecordedFinding[];
  /** Why the end is missing, a sentence; empty if it is not. */
  readonly cut: string;
  /** Least, greatest and last allocated bytes in equal parts of [from, to), in microseconds. */
  timeline(heap: number, from: number, to: number, parts: number, signal?: AbortSignal): Promise<RangeTimeline>;
  /** Rows of a range in parts, in the order of the recording; memory stays bounded. Rejects with `RecordingDamage`. */
  rows(query: RowQuery, signal?: AbortSignal): AsyncIterable<RowPart>;
  /** Live blocks of a heap right after its last row at or before a time, ascending by address. */
  liveAt(heap: number, time: number, signal?: AbortSignal): Promise<readonly LiveRow[]>;
  /** What the secure console said in [from, to], in microseconds. */
  console(from: number, to: number, signal?: AbortSignal): AsyncIterable<ConsolePiece>;
}
