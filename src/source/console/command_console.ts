// exec:COMMAND as a secure console: what a command of this machine prints.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { clip } from "../../base/printable.ts";
import type { ConsoleBytes } from "./read_feed.ts";

/** Characters of its standard error that are kept for the reason. */
const KEPT = 4096;

/** Runs a command line with this system's sh, until it ends or is disposed of; then nothing of it is left. */
export function commandConsole(command: string, env: NodeJS.ProcessEnv): ConsoleBytes {
  // A group of its own: what it started ends with it, and Ctrl-C in the terminal is ours alone.
  const child = spawn("sh", ["-c", command], { env, stdio: "pipe", detached: true });
  let ended = "";
  let said = "";
  const closed = endOf(child).then((how) => {
    const last = said.trimEnd().split("\n").at(-1) ?? "";
    ended = `'${clip(command)}' ended (${how})${last === "" ? "" : `: ${clip(last, 200)}`}`;
  });
  child.stdin.on("error", () => {});
  child.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString("utf8")}`.slice(-KEPT);
  });
  async function* incoming(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const chunk of child.stdout) yield chunk as Uint8Array;
    } catch {
      // It was closed while it was read.
    }
    await closed;
  }
  return {
    incoming: incoming(),
    get ended() {
      return ended;
    },
    async [Symbol.asyncDispose]() {
      if (ended === "") killGroup(child.pid);
      await closed;
    },
  };
}

async function endOf(child: ChildProcessWithoutNullStreams): Promise<string> {
  try {
    const [code, signal] = (await once(child, "close")) as [number | null, string | null];
    return signal ?? `exit code ${code}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
