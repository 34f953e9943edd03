// What the page asks its worker about the memory of one heap. Everything here can be sent as a message.

import type { Suspect } from "../../../analyze/leak/three.ts";
import type { AddressHistory } from "../../../analyze/ranges/address_history.ts";
import type { Grouping } from "../../../analyze/ranges/block_owner.ts";
import type { HeapShape } from "../../../analyze/ranges/heap_map.ts";
import type { RangeSums } from "../../../analyze/ranges/range_sums.ts";
import type { HeapSize } from "../../../analyze/size/heap_size.ts";

/** A heap of an open file. */
interface HeapOfFile {
  /** As `Choice.file` has it. */
  readonly file: string;
  /** Index into `FileFacts.heaps`. */
  readonly heap: number;
}

/** Blocks and holes of a heap at a moment, by address; index all columns by part. */
export interface MapFacts {
  /** Microseconds. */
  readonly time: number;
  readonly shape: HeapShape;
  /** First address and bytes of each pool. */
  readonly pools: readonly { readonly at: number; readonly length: number }[];
  /** Index into `pools`. */
  readonly pool: Int32Array;
  /** Address of the header, and bytes with it. */
  readonly at: Float64Array;
  readonly size: Float64Array;
  /** Index into `sites`; -1 for a hole. */
  readonly site: Int32Array;
  /** Address of the payload, bytes asked for, and when it was made, in microseconds; 0 for a hole. */
  readonly address: Float64Array;
  readonly asked: Float64Array;
  readonly made: Float64Array;
  /** Index into `marks`, the mark in which it was made. */
  readonly mark: Int32Array;
  readonly sites: readonly string[];
  readonly marks: readonly string[];
}

interface Question<Ask, Answer> {
  readonly ask: Ask;
  readonly answer: Answer;
}

export interface MemoryQuestions {
  /** Who held the heap's memory in [from, to], in microseconds. */
  readonly held: Question<HeapOfFile & { readonly from: number; readonly to: number }, RangeSums>;
  /** What came and stayed at three moments, in microseconds. */
  readonly suspects: Question<
    HeapOfFile & { readonly moments: readonly [number, number, number]; readonly by: Grouping },
    readonly Suspect[]
  >;
  readonly map: Question<HeapOfFile & { readonly time: number }, MapFacts>;
  /** What lay in a stretch of memory: the last lives. */
  readonly history: Question<HeapOfFile & { readonly address: number; readonly size: number }, AddressHistory>;
  /** How large the heap's pool has to be, with both fits. */
  readonly sizing: Question<HeapOfFile, HeapSize>;
}
