// The type of a recording in memory.
import type { PartialStats } from "../abi/record.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";
import type { RecordedConsole } from "./console_rows.ts";
import type { RecordedFinding } from "./finding_rows.ts";
import type { InputKind } from "./input_kind.ts";
import type { ExactMoment } from "./moment.ts";
import type { TextSummary } from "./text_summary.ts";

/** What a recording holds once it is read, whatever it was read from. */
export interface Recording {
  /** File name, or name of the source it was recorded from. */
  readonly origin: string;
  /** Release of OP-TEE, as `4.0.0`; empty if unknown. */
  readonly version: string;
  /** One for each heap, in the order of `byContext`: `core`, `ldelf`, then `ta-UUID`. */
  readonly traces: readonly RecordedTrace[];
  /** Counters over time, ascending; empty where only events were recorded. */
  readonly samples: readonly Sample[];
  /** Entries into TAs, trace by trace in the order in which they ended; empty if the source does not report them. */
  readonly entries: readonly CommandSpan[];
  /** What was seen right after each call of a client into a TA; absent where nobody looked then. */
  readonly moments?: readonly ExactMoment[];
  /** True where it ends without its end mark: whoever recorded it was stopped, and its last second may be missing. */
  readonly cut?: boolean;
  /** The code of TAs whose call sites are addresses in it; absent where there are none. */
  readonly images?: readonly TaImage[];
  /** Events that are known to be missing; absent if none are. */
  readonly lost?: number;
  /** What each of `traces` was read from; absent where that was no file. */
  readonly files?: readonly TraceFile[];
  /** What checkers noticed in TAs, in the order in which they did; absent where they noticed nothing. */
  readonly findings?: readonly RecordedFinding[];
  /** What the secure console said meanwhile; absent where it was not recorded. */
  readonly console?: RecordedConsole;
  /** What was read in each text that it was made of; absent where it was made of none. */
  readonly read?: readonly TextSummary[];
}

/** The code of a TA: tells whether a program is the one that ran. */
export interface TaImage {
  readonly uuid: string;
  /** Bytes of .text; 0 if unknown. */
  readonly textBytes: number;
}

/** The file that a trace was read from. */
interface TraceFile {
  readonly name: string;
  readonly kind: InputKind;
}

/** The counters of one allocator at one moment. */
export interface Sample {
  /** Microseconds, on the same clock as the traces' times; where a log has no times, its reports are numbered from 0. */
  readonly time: number;
  /** Name of the pool, as statistics have it, or UUID of the TA. */
  readonly heap: string;
  /** Without what a text did not tell. */
  readonly stats: PartialStats;
  /** Taken at an exact moment, which `moments` has as a whole: by this `PROCESS.THREAD` of a client. */
  readonly thread?: string;
  /** How often the system had rebooted since the recording began; absent for never. Counters begin anew then. */
  readonly boot?: number;
}

/** One entry into a TA. */
export interface CommandSpan {
  /** Index into `traces`. */
  readonly trace: number;
  /** Index into the trace's `instances`. */
  readonly instance: number;
  /** `create`, `open`, `invoke 3`, `close` or `destroy`. */
  readonly name: string;
  /** Rows of the trace from `from` (inclusive) to `to` (exclusive). Rows of other instances may lie between them. */
  readonly from: number;
  readonly to: number;
  readonly uuid: string;
}

/** Orders the contexts of heaps: the core's first, then the loader's, then those of TAs by UUID. */
export function byContext(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

function rank(context: string): number {
  return context === "core" ? 0 : context === "ldelf" ? 1 : 2;
}
