// One line on what was read in a text, and what was not understood.
import { counted, grouped } from "../base/format.ts";

/** What was read in a text. */
export interface TextSummary {
  /** How messages call the file. */
  readonly name: string;
  readonly lines: number;
  readonly encoding: string;
  /** Lines with time stamps, names or quotes before them, and lines that were put together. */
  readonly prefixed: number;
  readonly joined: number;
  /** Pools and TAs with figures, and in how many reports. */
  readonly pools: number;
  readonly tas: number;
  readonly reports: number;
  /** Reports beyond what is kept in memory. */
  readonly thinned: number;
  /** Lines of OP-TEE's console, and tests of xtest that began. */
  readonly printed: number;
  readonly tests: number;
  readonly leakLines: number;
  readonly leakLists: number;
  /** Lines that report trouble: errors, panics, aborts. */
  readonly faults: number;
  /** Lines that tell of a failure, of memory or not, or of the system around it. */
  readonly told: number;
  /** Lines that should have been understood and were not: damaged figures and leak lines, errors about memory that are not known. */
  readonly unread: number;
  /** The first of them. */
  readonly firstUnread: readonly { readonly line: number; readonly text: string }[];
  /** The column at which a tool cut the lines, and how many lines end there: what they say is not sure. */
  readonly column: number | undefined;
  readonly clipped: number;
  /** Of a short text: the line of an error that may have been cut where nothing tells. */
  readonly doubtful?: number;
  /** Each line stood twice, and was read once; absent where not. */
  readonly doubled?: true;
  /** The file ended too early: it was cut off while it was packed. */
  readonly cut: boolean;
  /** Lines with heap events of TAs; absent without any. */
  readonly events?: number;
}

/** `5 pools in 12 samples · 97 leak lines in 2 lists · 3 faults · 41 lines not understood`. */
export function summaryText(read: TextSummary): string {
  const { pools, tas, reports, thinned, printed, tests, leakLines, leakLists, events = 0, faults, unread } = read;
  const figures = [pools > 0 ? counted(pools, "pool") : "", tas > 0 ? counted(tas, "TA") : ""].filter(Boolean);
  const parts = [
    figures.length > 0 ? `${figures.join(" and ")} in ${counted(reports, "sample")}` : "",
    thinned > 0 ? `${grouped(thinned)} of them left out, peaks kept` : "",
    printed > leakLines ? counted(printed, "console line") : "",
    tests > 0 ? counted(tests, "test") : "",
    leakLists > 0 ? `${counted(leakLines, "leak line")} in ${counted(leakLists, "list")}` : "",
    events > 0 ? `${counted(events, "line")} of heap events` : "",
    faults > 0 ? counted(faults, "fault") : "",
    unread > 0 ? `${counted(unread, "line")} not understood` : "",
    read.clipped > 0 ? `${counted(read.clipped, "line")} cut at column ${read.column}` : "",
    read.doubled ? "every line is there twice and was read once" : "",
    read.cut ? "the file is cut off" : "",
  ].filter(Boolean);
  if (read.lines === 0) return "empty";
  return parts.length === 0 ? `nothing understood in ${counted(read.lines, "line")}` : parts.join(" · ");
}

/** True where nothing in the text was recognised. */
export function isEmpty({ reports, printed, tests, leakLists, events = 0, faults, told }: TextSummary): boolean {
  return reports + printed + tests + leakLists + events + faults + told === 0;
}
