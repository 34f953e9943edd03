// Runs a command on a board between two looks at its pools.
import { err, ok, type Result } from "../../base/result.ts";
import type { PrintedRecord } from "../../xtest/stat_lines.ts";
import type { SourceError } from "../source.ts";
import type { Board } from "./board.ts";
import type { ShellFailure } from "./shell/shell.ts";

/** A command that ran, and the pools before and after it. */
export interface RanAround {
  /** How it ended: its exit code and what it printed, or why there is no answer of it. */
  readonly ended: Result<{ readonly code: number; readonly output: Uint8Array }, ShellFailure>;
  readonly before: readonly PrintedRecord[];
  /** The error is that of the question: the command may have left OP-TEE hanging. */
  readonly after: Result<readonly PrintedRecord[], SourceError>;
}

/** A failing command may take its time. */
const TIMEOUT = 600_000;

/** Runs a command line to its end, or until the signal. The error: the pools could not be asked for even before it. */
export async function runAround(
  board: Board,
  command: string,
  signal?: AbortSignal,
): Promise<Result<RanAround, SourceError>> {
  const before = await board.ask("alloc", signal);
  if (!before.ok) return before;
  const given = signal === undefined ? { timeout: TIMEOUT } : { timeout: TIMEOUT, signal };
  const ran = await board.shell.run(command, given);
  // Whoever gave the command up still wants to know what it did.
  const after = await board.ask("alloc");
  return ok({
    ended: ran.ok ? ok({ code: ran.value.code, output: together(ran.value.out, ran.value.err) }) : err(ran.error),
    before: before.value.printed,
    after: after.ok ? ok(after.value.printed) : after,
  });
}

function together(out: Uint8Array, said: string): Uint8Array {
  const more = new TextEncoder().encode(said);
  const all = new Uint8Array(out.length + more.length);
  all.set(out);
  all.set(more, out.length);
  return all;
}
