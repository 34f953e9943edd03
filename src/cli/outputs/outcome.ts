// The interface of a command: its input, output and exit code.
import type { Command, OptionValues } from "commander";
import type { Result } from "../../base/result.ts";
import type { Output } from "./output.ts";

/** 0: well. 1: found something, or failed. Others: the exit code of a command that was run for the user. */
export type ExitCode = number;

/** How a command ends: an exit code, or one line that says what was wrong with its use and what to do (exit code 2). */
export type CommandResult = Result<ExitCode>;

/** What a command may use of the world. */
export interface Io {
  readonly out: Output;
  /** Standard error, for progress. */
  readonly err: Output;
  readonly input: AsyncIterable<Uint8Array>;
  /** Milliseconds, ascending. */
  readonly clock: () => number;
}

/** A command, loaded when it is called. */
interface CommandModule {
  /** Declares arguments, options and examples. */
  declare(command: Command): void;
  run(args: readonly string[], options: OptionValues, io: Io): Promise<CommandResult>;
}

/** A row of the table of commands. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}
