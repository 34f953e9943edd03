// `teemem serve` from `dist/` in a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Ran } from "../cli.ts";

/** One that serves. */
export interface ServeChild {
  /** The link that it printed. */
  readonly link: string;
  /** Its address without the slash at the end, and without a token. */
  readonly base: string;
  readonly pid: number;
  /** What it has said on standard error so far. */
  said(): string;
  /** Ends it by a signal. */
  stop(signal?: NodeJS.Signals): Promise<Ran>;
}

/** Starts it and waits for its link. Rejects with what it said where it ends without one. */
export async function serveChild(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ServeChild> {
  const bin = fileURLToPath(new URL("../../dist/cli/teemem.js", import.meta.url));
  const child = spawn(process.execPath, [bin, "serve", ...args], {
    env: { ...process.env, TEEMEM_SOCKET: "", ...env },
  });
  let [stdout, stderr] = ["", ""];
  child.stderr.on("data", (text: Buffer) => {
    stderr += text.toString();
  });
  const ended = once(child, "close").then(([code]): Ran => ({ stdout, stderr, code: code as number | null }));
  const link = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (text: Buffer) => {
      stdout += text.toString();
      const found = /^Open (\S+) in a browser\. Ctrl-C ends it\.\n$/.exec(stdout)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(({ code }) => reject(new Error(`${code}: ${stderr}`)));
  });
  return {
    link,
    base: new URL(link).origin,
    pid: child.pid ?? 0,
    said: () => stderr,
    stop(signal = "SIGINT") {
      child.kill(signal);
      return ended;
    },
  };
}
