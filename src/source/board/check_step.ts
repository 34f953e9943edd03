// What a step of the check list of a board is: what it is given, and what it finds.
import type { Result } from "../../base/result.ts";
import type { PrintedRecord, PrintedTa } from "../../xtest/stat_lines.ts";
import type { Heard } from "../console/heard_lines.ts";
import type { ConsoleFeed } from "../console_feed.ts";
import type { StatsFailure } from "../source.ts";
import type { Board, BoardOptions } from "./board.ts";
import type { Shell } from "./shell/shell.ts";

/** How a step ended. Unknown: it cannot be seen from here, and need not be wrong. */
export type StepState = "ok" | "failed" | "unknown";

/** What a step found: what is there; or what is missing, and what to do. */
export interface StepResult {
  readonly state: StepState;
  readonly text: string;
}

/** A board that is to be examined. */
export interface BoardToExamine {
  /** Reaches its shell. */
  open(signal?: AbortSignal): Promise<Result<Shell>>;
  readonly options: BoardOptions;
  /** Milliseconds, ascending. */
  readonly clock: () => number;
  /** Opens the secure console; absent where the user named none. */
  console?(): Promise<Result<ConsoleFeed & AsyncDisposable>>;
}

/** What the steps have found so far; each adds to it. */
export interface Examined extends BoardToExamine {
  shell?: Shell;
  board?: Board;
  pools?: readonly PrintedRecord[];
  tas?: readonly PrintedTa[];
  refused: StatsFailure[];
  /** An answer that is of no known xtest, in a sentence; empty while there was none. */
  notUnderstood: string;
  /** What the secure console has said so far; undefined where it is not read. */
  heard?: Heard;
}

/** A step. */
export interface CheckStep {
  readonly name: string;
  /** The step without which this one cannot be tried; empty for the first. */
  readonly after: string;
  run(examined: Examined, signal?: AbortSignal): Promise<StepResult>;
}

export const found = (text: string): StepResult => ({ state: "ok", text });
export const wrong = (text: string): StepResult => ({ state: "failed", text });
export const unknown = (text: string): StepResult => ({ state: "unknown", text });
/** What is wrong, in a sentence; where that is empty, what is there. */
export const orElse = (trouble: string, text: string): StepResult => (trouble === "" ? found(text) : wrong(trouble));
