// A channel that is a child process: its standard input and output.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { err, ok } from "../../../base/result.ts";
import type { Channel } from "./channel.ts";

/** Milliseconds that a child is given to end after its input has; the board may have something to end first. */
const GRACE = 8000;
/** Bytes of standard error that are kept for the reason. */
const KEPT = 4096;

/** How a child ended: exit code or signal, why it could not be started, and the end of its standard error. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly error: NodeJS.ErrnoException | null;
  readonly said: string;
}

interface ChildOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Why the channel ended, as a sentence. */
  readonly reason: (end: ChildEnd) => string;
}

/** Starts a program. One that cannot be started is a channel that has ended. */
export function childChannel(program: string, args: readonly string[], { env, reason }: ChildOptions): Channel {
  const child = spawn(program, args, { env, stdio: "pipe" });
  let ended = "";
  let said = "";
  const closed = endOf(child).then(({ code, signal, error }) => {
    ended = reason({ code, signal, error, said });
  });
  // Writing after the end fails below, with the reason.
  child.stdin.on("error", () => {});

  async function* incoming(): AsyncGenerator<Uint8Array> {
    for await (const chunk of child.stdout) yield chunk as Uint8Array;
    await closed;
  }
  async function* aside(): AsyncGenerator<Uint8Array> {
    for await (const chunk of child.stderr) {
      said = `${said}${(chunk as Buffer).toString("utf8")}`.slice(-KEPT);
      yield chunk as Uint8Array;
    }
  }
  return {
    terminal: false,
    incoming: incoming(),
    aside: aside(),
    get ended() {
      return ended;
    },
    async write(data) {
      const failed = await new Promise<Error | null | undefined>((resolve) => child.stdin.write(data, resolve));
      if (failed === null || failed === undefined) return ok(undefined);
      await Promise.race([closed, sleep(GRACE, undefined, { ref: false })]);
      return err(ended || "the other side takes no more");
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      if (await within(closed, GRACE)) return;
      child.kill("SIGTERM");
      if (await within(closed, GRACE)) return;
      child.kill("SIGKILL");
      child.stdout.destroy();
      child.stderr.destroy();
      await within(closed, GRACE);
    },
  };
}

type Ending = Omit<ChildEnd, "said">;

async function endOf(child: ChildProcessWithoutNullStreams): Promise<Ending> {
  try {
    const [code, signal] = (await once(child, "close")) as [number | null, string | null];
    return { code, signal, error: null };
  } catch (error) {
    return { code: null, signal: null, error: error as NodeJS.ErrnoException };
  }
}

/** True if it happened in time. */
async function within(happened: Promise<void>, ms: number): Promise<boolean> {
  const stop = new AbortController();
  const late = sleep(ms, false, { signal: stop.signal }).catch(() => false);
  const result = await Promise.race([happened.then(() => true), late]);
  stop.abort();
  return result;
}
