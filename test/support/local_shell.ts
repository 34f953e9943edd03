// A shell of a board that runs each command in a shell of this system, with the programs of a fake board first in its PATH.
import { spawn } from "node:child_process";
import type { Shell } from "../../src/source/board/shell/shell.ts";

/** What stands around the answers of a shell. */
export interface Line {
  /** As on a console: standard error stands in standard output. */
  readonly mixed?: boolean;
  /** Changes what the board sends before it is read. */
  readonly damage?: (out: Uint8Array) => Uint8Array;
}

/** A shell whose programs lie in `path`. */
export function localShell(path: string, { mixed = false, damage = (out) => out }: Line = {}): Shell {
  return {
    name: "exec:fake",
    lost: "",
    mixed,
    run(command, { timeout = 10_000, signal } = {}) {
      return new Promise((resolve) => {
        const whole = mixed ? `{ ${command}\n} 2>&1` : command;
        const env = { PATH: `${path}:/usr/bin:/bin` };
        const child = spawn("/bin/sh", ["-c", whole], { detached: true, env, stdio: ["ignore", "pipe", "pipe"] });
        const [out, err]: [Uint8Array[], Uint8Array[]] = [[], []];
        let ended = "";
        const end = (why: string): void => {
          ended ||= why;
          if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
        };
        const timer = setTimeout(() => end("no answer within the time"), timeout);
        signal?.addEventListener("abort", () => end("given up"), { once: true });
        child.stdout.on("data", (chunk: Uint8Array) => out.push(chunk));
        child.stderr.on("data", (chunk: Uint8Array) => err.push(chunk));
        child.on("close", (code) => {
          clearTimeout(timer);
          if (ended !== "") return resolve({ ok: false, error: { kind: "no-answer", text: ended } });
          const answer = {
            code: code ?? 1,
            out: damage(Buffer.concat(out)),
            err: Buffer.concat(err).toString(),
            took: 0,
          };
          resolve({ ok: true, value: answer });
        });
      });
    },
    async start() {
      return { ok: false, error: { kind: "refused", text: "not here" } };
    },
    async put() {
      return { ok: false, error: { kind: "refused", text: "not here" } };
    },
    async [Symbol.asyncDispose]() {},
  } as Shell;
}
