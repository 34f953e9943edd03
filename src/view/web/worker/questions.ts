// What the page asks its worker: one row for each question, with its answer. Everything here can be sent as a message.
import type { RecordedFinding } from "../../../recording/finding_rows.ts";
import type {
  IndexedEntry,
  IndexedHeap,
  IndexedMark,
  RangeTimeline,
} from "../../../recording/indexed/indexed_recording.ts";
import type { MemoryQuestions } from "./memory_questions.ts";

/** Where the bytes of a recording are. */
export type FilePlace =
  | { readonly kind: "address"; readonly address: string; readonly index: string; readonly size: number }
  | { readonly kind: "dropped"; readonly blob: Blob }
  | { readonly kind: "embedded"; readonly bytes: string; readonly index: string };

/** An open recording: what is known of it without a look at its rows. Times in microseconds. */
export interface FileFacts {
  readonly origin: string;
  /** Release of OP-TEE; empty if unknown. */
  readonly version: string;
  readonly heaps: readonly IndexedHeap[];
  /** What its times number from 0, where they are no microseconds: lists or reports of a text without times; else empty. */
  readonly order: "" | "list" | "report";
  readonly from: number;
  readonly to: number;
  /** Rows of any kind. */
  readonly length: number;
  readonly marks: readonly IndexedMark[];
  readonly entries: readonly IndexedEntry[];
  readonly findings: readonly RecordedFinding[];
  /** Why its end is missing, in a sentence; empty if it is whole. */
  readonly cut: string;
}

/** One line of the secure console. */
export interface LineFacts {
  /** Microseconds. */
  readonly time: number;
  /** Text of a board: it may hold anything, such as `<`. */
  readonly text: string;
  /** It tells of a failed allocation, a panic or damage. */
  readonly bad: boolean;
}

/** A heap of an open file in a range, in microseconds. */
export interface FileHeapRange {
  /** As `Choice.file` has it. */
  readonly file: string;
  /** Index into `FileFacts.heaps`. */
  readonly heap: number;
  readonly from: number;
  readonly to: number;
}

/** The largest free block at some moments: bytes with the header, 0 where nothing is free. */
export interface FreeMoments {
  readonly times: readonly number[];
  readonly bytes: readonly number[];
}

interface Question<Ask, Answer> {
  readonly ask: Ask;
  readonly answer: Answer;
}

export interface Questions extends MemoryQuestions {
  readonly open: Question<{ readonly file: string; readonly name: string; readonly place: FilePlace }, FileFacts>;
  readonly timeline: Question<FileHeapRange & { readonly parts: number }, RangeTimeline>;
  readonly free: Question<FileHeapRange & { readonly count: number }, FreeMoments>;
  /** At most `most` lines; `more` says that there are others behind them. */
  readonly console: Question<
    { readonly file: string; readonly from: number; readonly to: number; readonly most: number },
    { readonly lines: readonly LineFacts[]; readonly more: boolean }
  >;
}
