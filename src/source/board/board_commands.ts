// Commands on a board, and its clock: tells a board that has rebooted, or whose OP-TEE hangs, from a lost connection.
import { err, ok, type Result } from "../../base/result.ts";
import type { SourceError } from "../source.ts";
import type { Shell, ShellAnswer, ShellFailure } from "./shell/shell.ts";
import { createBoardClock, UPTIME_COMMAND, uptimeIn } from "./shell/uptime.ts";
import { hangs, rebooted } from "./troubles.ts";

/** What is run on a board. */
interface BoardCommands {
  /** Runs a command that does not need OP-TEE. */
  run(command: string, signal?: AbortSignal): Promise<Result<ShellAnswer, ShellFailure>>;
  /**
   * Runs xtest; `tas` where it asks for TAs, which can deadlock OP-TEE. What is not answered while the shell lives is asked again,
   * for the connection may have been lost and made anew. A shell that answers while xtest does not, twice, tells that OP-TEE hangs.
   */
  insist(command: string, tas: boolean, signal?: AbortSignal): Promise<Result<ShellAnswer, SourceError>>;
  /** Notes the uptime of the board, before its first question. */
  begin(uptime: number): void;
  /** Notes an uptime that was asked for at a moment of our clock. An error, once, where the board has rebooted since. */
  reached(uptime: number, before: number): SourceError | undefined;
  /** The moment of our clock at which the board had this uptime. */
  at(uptime: number): number;
}

/** `timeout`: milliseconds that xtest may take; `clock` is ours, in milliseconds. */
export function createBoardCommands(shell: Shell, timeout: number, clock: () => number): BoardCommands {
  const boardClock = createBoardClock();
  let askedTas = false;
  let last = 0;

  function run(command: string, signal?: AbortSignal, wait?: number): Promise<Result<ShellAnswer, ShellFailure>> {
    const given = signal === undefined ? {} : { signal };
    return shell.run(command, wait === undefined ? given : { ...given, timeout: wait });
  }
  function reached(uptime: number, before: number): SourceError | undefined {
    const previous = last;
    last = uptime;
    const same = boardClock.take(uptime, before, clock());
    if (same && uptime >= previous) return undefined;
    askedTas = false;
    return { text: rebooted(previous, uptime), rebooted: true };
  }
  return {
    run: (command, signal) => run(command, signal),
    async insist(command, tas, signal) {
      askedTas ||= tas;
      const answer = await run(command, signal, timeout);
      if (answer.ok) return answer;
      const { kind, text } = answer.error;
      if (kind !== "no-answer" || signal?.aborted === true) return err({ text });
      const before = clock();
      const alive = await run(UPTIME_COMMAND, signal);
      const uptime = alive.ok ? uptimeIn(new TextDecoder().decode(alive.value.out)) : undefined;
      if (uptime === undefined) return err({ text });
      const gone = reached(uptime, before);
      if (gone !== undefined) return err(gone);
      // A second --ta is no better than the first.
      const second = tas ? answer : await run(command, signal, timeout);
      return second.ok ? ok(second.value) : err({ text: hangs(askedTas, Math.round(timeout / 1000)) });
    },
    begin(uptime) {
      last = uptime;
    },
    reached,
    at: boardClock.at,
  };
}
