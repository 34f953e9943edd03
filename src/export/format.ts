// The interface of an export format.
import type { Selection } from "./selection.ts";

/** How to export. */
export interface ExportOptions {
  /** pprof: what is in use at the peak of all heaps together, or was never freed. */
  readonly at: "peak" | "end";
  /** csv: the counters over time, not the events. */
  readonly samples: boolean;
  /** Is notified how many rows are done. */
  readonly onRows: (rows: number) => void;
}

/** A file format that a recording can be written in. */
export interface ExportFormat {
  readonly name: string;
  /** What opens it. */
  readonly summary: string;
  /** Whether it is gzipped: always; unless the file's name says otherwise; or only where the name ends with `.gz`. */
  readonly gzip: "always" | "usually" | "by name";
  /** True if it shows counters where there are no events. */
  readonly takesSamples: boolean;
  /** The content in pieces of a few dozen kilobytes. */
  readonly chunks: (selection: Selection, options: ExportOptions) => Generator<string | Uint8Array, void, void>;
}
