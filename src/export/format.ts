// The interface of an export format.
import type { Selection } from "./selection.ts";

/** How to export. */
export interface ExportOptions {
  /** pprof: what is in use at the peak of all heaps together, or was never freed. */
  readonly at: "peak" | "end";
  /** Formats that show counters on request: these, not the events. */
  readonly samples: boolean;
  /** Version of the program that exports; absent if it does not matter. */
  readonly version?: string;
  /** Is notified how many rows are done. */
  readonly onRows: (rows: number) => void;
}

/** A file format that a recording can be written in. */
export interface ExportFormat {
  readonly name: string;
  /** What opens it. */
  readonly summary: string;
  /** Whether it is gzipped: always; unless the file's name says otherwise; only where the name ends with `.gz`; or never. */
  readonly gzip: "always" | "usually" | "by name" | "never";
  /** When it shows sampled counters. On request, they stand in place of the events. */
  readonly counters: "never" | "always" | "on request";
  /** True if it also has what checkers noticed, so that there may be something without any event. */
  readonly findings?: true;
  /** The content in pieces of a few dozen kilobytes. */
  readonly chunks: (selection: Selection, options: ExportOptions) => Generator<string | Uint8Array, void, void>;
}
