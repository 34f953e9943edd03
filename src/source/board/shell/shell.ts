// The interface of a shell of a board.
import type { Result } from "../../../base/result.ts";

/**
 * A shell of a board over a channel. Commands are framed by markers that never stand in an echo. One command runs at a time;
 * others wait for their turn.
 */
export interface Shell extends AsyncDisposable {
  /** As it was opened: `ssh://root@board`. */
  readonly name: string;
  /** Why it is gone; empty while it is there. It connects again by itself, at growing intervals, before that. */
  readonly lost: string;
  /** True where standard error comes with standard output: a console. `err` of an answer is empty then. */
  readonly mixed: boolean;
  /** Runs a command line of POSIX sh to its end. A time-out or a truncated answer is an error, never a part of an answer. */
  run(command: string, options?: RunOptions): Promise<Result<ShellAnswer, ShellFailure>>;
  /** Runs a long command beside others. It ends with the shell: whichever end is killed, nothing is left on the board. */
  start(command: string, options?: { readonly signal?: AbortSignal }): Promise<Result<Running, ShellFailure>>;
  /** Writes a file on the board, with a mode such as 0o755. Nothing of it is there where it fails, or all. */
  put(path: string, data: Uint8Array, mode: number, options?: PutOptions): Promise<Result<void, ShellFailure>>;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds; default 10,000. They begin when the command is sent. */
  readonly timeout?: number;
  /** What the command reads from its standard input; default nothing. */
  readonly input?: Uint8Array;
}

export interface PutOptions {
  readonly signal?: AbortSignal;
  /** Told as it goes: bytes that are on the board. */
  readonly progress?: (done: number) => void;
}

export interface ShellAnswer {
  /** Exit code. */
  readonly code: number;
  readonly out: Uint8Array;
  readonly err: string;
  /** Milliseconds from sending the command to the end of its answer. */
  readonly took: number;
}

/** A long command that runs. */
export interface Running {
  /** Lines of standard output and standard error, as they come, without their ends. One reader. */
  readonly lines: AsyncIterable<string>;
  /** Its exit code, once it has ended and all lines are there. */
  readonly ended: Promise<Result<number, ShellFailure>>;
  /** Ends the command on the board, and what it has started. */
  stop(): Promise<void>;
}

export interface ShellFailure {
  /** No answer in time; the connection is gone; the answer was truncated or damaged; the board or a program said no. */
  readonly kind: "no-answer" | "lost" | "cut" | "refused";
  /** One sentence, and what to do. */
  readonly text: string;
}

export function failure(
  kind: ShellFailure["kind"],
  text: string,
): { readonly ok: false; readonly error: ShellFailure } {
  return { ok: false, error: { kind, text } };
}
