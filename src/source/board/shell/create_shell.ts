// A shell over links: one command at a time, long ones beside them, files.
import { clip } from "../../../base/printable.ts";
import { ok, type Result } from "../../../base/result.ts";
import { type ConnectionSetting, createConnection } from "./connection.ts";
import type { ShellLink } from "./link.ts";
import { putFile } from "./put_file.ts";
import { failure, type Running, type RunOptions, type Shell, type ShellAnswer, type ShellFailure } from "./shell.ts";
import { createTurns } from "./turns.ts";

const TIMEOUT = 10_000;

interface ShellSetting extends ConnectionSetting {
  /** Called when the shell was closed. */
  close(): Promise<void>;
}

/** A shell whose first link is there. */
export function createShell(first: ShellLink, setting: ShellSetting): Shell {
  const connection = createConnection(first, setting);
  const inTurn = createTurns();
  const others = new Set<ShellLink>();

  async function ask(command: string, { signal, timeout = TIMEOUT, input }: RunOptions) {
    if (signal?.aborted) return failure("no-answer", `'${clip(command)}' was given up`);
    const link = await connection.link(signal);
    return link.ok ? link.value.ask(command, { signal, timeout, input }) : link;
  }
  async function start(command: string, signal?: AbortSignal): Promise<Result<Running, ShellFailure>> {
    const link = await inTurn(() => connection.link(signal));
    if (!link.ok || !link.value.alone) return link.ok ? ok(link.value.follow(command)) : link;
    const own = await setting.connect(signal);
    if (!own.ok) return own;
    others.add(own.value);
    const running = own.value.follow(command);
    void running.ended.then(async () => {
      others.delete(own.value);
      await own.value[Symbol.asyncDispose]();
    });
    return ok(running);
  }
  return {
    name: setting.name,
    mixed: first.mixed,
    get lost() {
      return connection.lost;
    },
    run: (command, options = {}): Promise<Result<ShellAnswer, ShellFailure>> => inTurn(() => ask(command, options)),
    async start(command, { signal } = {}) {
      const started = await start(command, signal);
      if (started.ok) signal?.addEventListener("abort", () => void started.value.stop(), { once: true });
      return started;
    },
    put: (path, data, mode, options = {}) =>
      inTurn(async () => {
        const link = await connection.link(options.signal);
        return link.ok ? putFile(link.value, path, data, mode, options) : link;
      }),
    async [Symbol.asyncDispose]() {
      await Promise.all([...[...others].map((one) => one[Symbol.asyncDispose]()), connection[Symbol.asyncDispose]()]);
      await setting.close();
    },
  };
}
