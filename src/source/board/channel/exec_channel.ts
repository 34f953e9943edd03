// exec:COMMAND, a command line of this machine whose standard input and output is a shell on the board.
import { clip } from "../../../base/printable.ts";
import { err, ok, type Result } from "../../../base/result.ts";
import type { Channel } from "./channel.ts";
import { type ChildEnd, childChannel } from "./child_channel.ts";
import type { Opener } from "./opener.ts";

export function execOpener(command: string, env: NodeJS.ProcessEnv): Result<Opener> {
  if (command.trim() === "") return err("expected exec:COMMAND, a command that reaches a shell of the board");
  return ok({
    patience: 60_000,
    consoles: true,
    user: "",
    open: async () => ok(execChannel(command, env)),
    async [Symbol.asyncDispose]() {},
  });
}

/** Runs a command line with this system's sh. Whether there is a terminal behind it has to be found out. */
function execChannel(command: string, env: NodeJS.ProcessEnv): Channel {
  return childChannel("sh", ["-c", command], { env, reason: (end) => execReason(command, end) });
}

function execReason(command: string, { code, signal, error, said }: ChildEnd): string {
  const name = clip(command);
  if (error !== null) return `cannot run sh for '${name}' (${error.code ?? error.message}); is there a sh in PATH?`;
  const last = clip(lastLine(said), 200);
  const how = signal === null ? `exit code ${code}` : signal;
  return `'${name}' ended (${how})${last === "" ? "; try it in a terminal: it has to reach a shell of the board" : `: ${last}`}`;
}

/** The last line that says something. */
export function lastLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.findLast((line) => line !== "" && !line.startsWith("@@teem:")) ?? "";
}
