// What a fleet is given for each system: a name, and how it is opened, also again.
import type { Result } from "../../base/result.ts";
import type { Source } from "../../source/source.ts";
import type { OpeningTurns } from "./opening_turns.ts";

/** A system that can be opened again and again. */
export interface LiveSource {
  /** As `--on` has it. */
  readonly name: string;
  /** The error says what to do. */
  open(): Promise<Result<Source>>;
  /** Of a recording that may grow: another text whenever it would tell something new. Absent where opening it tells nothing more. */
  version?(): Promise<string>;
}

/** How a fleet asks. */
export interface Pace {
  /** Milliseconds from question to question. */
  readonly period: () => number;
  readonly paused: () => boolean;
  /** Milliseconds without an answer until a system counts as silent. */
  readonly patience: number;
  /** Milliseconds until a question is given up. */
  readonly giveUp: number;
  /** Whose turn it is to be opened. */
  readonly turns: OpeningTurns;
  /** Milliseconds before a lost system is opened again, the first time. */
  readonly again: number;
}
