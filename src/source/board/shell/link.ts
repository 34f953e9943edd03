// The interface of one connection whose agent is ready.
import type { Result } from "../../../base/result.ts";
import type { Running, ShellAnswer, ShellFailure } from "./shell.ts";

/** How a link is opened. */
export interface LinkOptions {
  /** Letters and digits that nothing else prints. */
  readonly key: string;
  /** Milliseconds, ascending. */
  readonly clock: () => number;
  /** Milliseconds until the board's shell has to answer. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** What a question to a link may use up. */
export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. */
  readonly timeout: number;
  readonly input?: Uint8Array | undefined;
}

/** One connection whose agent is ready. Shells make others where it ends. */
export interface ShellLink extends AsyncDisposable {
  /** See `Shell`. */
  readonly mixed: boolean;
  /** Why it ended; empty while it is there. */
  readonly ended: string;
  /** Runs one command; the caller waits for its end before the next. */
  ask(command: string, options: AskOptions): Promise<Result<ShellAnswer, ShellFailure>>;
  /** Removes a path of the board at the end of the link, whichever way it ends; empty for none. */
  keep(path: string): Promise<void>;
  /** Runs a long command. A link that is `alone` can do nothing else meanwhile, and needs one of its own. */
  readonly alone: boolean;
  follow(command: string): Running;
}
