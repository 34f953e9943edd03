// A shell over links: one command at a time, a new link where one was lost, files in parts.
import { setTimeout as sleep } from "node:timers/promises";
import { clip } from "../../../base/printable.ts";
import { ok, type Result } from "../../../base/result.ts";
import type { Link } from "./link.ts";
import { putFile } from "./put_file.ts";
import { failure, type Running, type RunOptions, type Shell, type ShellAnswer, type ShellFailure } from "./shell.ts";

const TIMEOUT = 10_000;
/** Milliseconds before each attempt to connect again; about a minute together, as a reboot takes. */
const BACK_OFF = [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000];

export interface ShellSetting {
  readonly name: string;
  /** Opens one more connection. */
  connect(signal?: AbortSignal): Promise<Result<Link, ShellFailure>>;
  /** Told what a user wants to know meanwhile. */
  says(text: string): void;
  /** Called when the shell was closed. */
  close(): Promise<void>;
}

/** A shell whose first link is there. */
export function createShell(first: Link, { name, connect, says, close: closed }: ShellSetting): Shell {
  let link: Link | null = first;
  let lost = "";
  let turn: Promise<unknown> = Promise.resolve();
  const closing = new AbortController();
  const others = new Set<Link>();

  /** Runs one after another. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }
  async function connected(signal?: AbortSignal): Promise<Result<Link, ShellFailure>> {
    if (link !== null && link.ended === "") return ok(link);
    if (lost !== "") return failure("lost", lost);
    let why = link?.ended ?? "";
    await link?.[Symbol.asyncDispose]();
    link = null;
    for (const ms of BACK_OFF) {
      says(`${name}: ${why}; connecting again in ${ms / 1000} s`);
      await sleep(ms, undefined, {
        signal: AbortSignal.any([closing.signal, ...(signal === undefined ? [] : [signal])]),
      }).catch(() => {});
      if (closing.signal.aborted) return failure("lost", `${name} was closed`);
      if (signal?.aborted) return failure("lost", `given up while connecting again: ${why}`);
      const again = await connect(signal);
      if (again.ok) {
        says(`${name}: connected again`);
        link = again.value;
        return again;
      }
      why = again.error.text;
    }
    lost = why;
    return failure("lost", lost);
  }
  async function ask(
    command: string,
    { signal, timeout = TIMEOUT, input }: RunOptions,
  ): Promise<Result<ShellAnswer, ShellFailure>> {
    if (signal?.aborted) return failure("no-answer", `'${clip(command)}' was given up`);
    const there = await connected(signal);
    return there.ok ? there.value.ask(command, { signal, timeout, input }) : there;
  }
  async function start(command: string, signal?: AbortSignal): Promise<Result<Running, ShellFailure>> {
    const base = await inTurn(() => connected(signal));
    if (!base.ok) return base;
    if (!base.value.alone) return ok(base.value.follow(command));
    const own = await connect(signal);
    if (!own.ok) return own;
    others.add(own.value);
    const running = own.value.follow(command);
    const close = async (): Promise<void> => {
      others.delete(own.value);
      await own.value[Symbol.asyncDispose]();
    };
    void running.ended.then(close);
    return ok(running);
  }
  return {
    name,
    get lost() {
      return lost;
    },
    mixed: first.mixed,
    run: (command, options = {}) => inTurn(() => ask(command, options)),
    async start(command, { signal } = {}) {
      const started = await start(command, signal);
      if (started.ok) signal?.addEventListener("abort", () => void started.value.stop(), { once: true });
      return started;
    },
    put: (path, data, mode, options = {}) =>
      inTurn(async () => {
        const there = await connected(options.signal);
        return there.ok ? putFile(there.value, path, data, mode, options) : there;
      }),
    async [Symbol.asyncDispose]() {
      lost ||= `${name} was closed`;
      closing.abort();
      const links = [...others, ...(link === null ? [] : [link])];
      await Promise.all(links.map((one) => one[Symbol.asyncDispose]()));
      await closed();
    },
  };
}
