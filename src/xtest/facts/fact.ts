// What the reader of facts gives: lines that report something, how many of each kind, and what it did not understand.
import type { LineOutcome } from "./codes.ts";
import type { FactKind } from "./rows.ts";

/** A line that reports something. */
export interface Fact extends LineOutcome {
  readonly kind: FactKind;
  /** Line in the log, from 1. */
  readonly line: number;
  readonly text: string;
  /** When it came, for people, where that is known better than its line. */
  readonly at?: string;
  /** What stood before the line's words, a time stamp, `^C`; empty if nothing did. */
  readonly before: string;
  /** What the row's groups matched. */
  readonly groups: readonly string[];
  /** The TA that was named last before the line; empty if none was. */
  readonly ta: string;
  /** The case of xtest that ran, `regression_8001.12`; empty outside of xtest. */
  readonly test: string;
}

/** Lines of the level of errors that speak of memory, and that no row reads. */
export interface Unread {
  readonly count: number;
  /** The first of them. */
  readonly first: readonly { readonly line: number; readonly text: string }[];
}

/** What a log tells. */
export interface Facts {
  /** The first and the last of each kind, in the order of their lines. */
  readonly facts: readonly Fact[];
  /** How many lines there were of each kind. */
  readonly counts: ReadonlyMap<FactKind, number>;
  /** Lines that report trouble, and lines that were understood, those of trouble among them. */
  readonly faults: number;
  readonly read: number;
  readonly unread: Unread;
  /** Levels and senders of the log's lines: `E/TC`, `I/TA` … */
  readonly voices: ReadonlySet<string>;
}
