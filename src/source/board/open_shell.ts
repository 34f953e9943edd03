// Opens the shell of a board from what is written after `--on`.
import { randomUUID } from "node:crypto";
import { err, ok, type Result } from "../../base/result.ts";
import { execChannel } from "./channel/exec_channel.ts";
import type { Opener } from "./channel/opener.ts";
import { sshOpener } from "./channel/ssh_opener.ts";
import { createShell } from "./shell/create_shell.ts";
import type { Link } from "./shell/link.ts";
import { openPipeLink } from "./shell/pipe_link.ts";
import { failure, type Shell, type ShellFailure } from "./shell/shell.ts";

export interface OpenShellOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds, ascending. */
  readonly clock: () => number;
  /** Milliseconds until the board's shell has to answer; default 30 s, for ssh two minutes, as it may ask for a password. */
  readonly timeout?: number;
  /** Told what a user wants to know meanwhile, such as a connection that was lost. */
  readonly says?: (text: string) => void;
  readonly signal?: AbortSignal;
}

type Scheme = (where: string, options: OpenShellOptions) => Result<Opener>;

/** How each scheme opens its channels. */
const SCHEMES: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ["ssh", (where, { env }) => sshOpener(where, env)],
  ["exec", (command, { env }) => execOpener(command, env)],
]);

/** Opens the shell of a board: `ssh://root@board`, `exec:COMMAND`. The error says what to do. */
export async function openShell(on: string, options: OpenShellOptions): Promise<Result<Shell>> {
  const colon = on.indexOf(":");
  const scheme = SCHEMES.get(on.slice(0, colon));
  if (scheme === undefined) return err(`no shell is reached by '${on}'; known: ssh://, exec:`);
  const opener = scheme(on.slice(colon + 1), options);
  if (!opener.ok) return opener;
  const connect = (signal?: AbortSignal): Promise<Result<Link, ShellFailure>> =>
    openLink(opener.value, options, signal);
  const first = await connect(options.signal);
  const close = (): Promise<void> => Promise.resolve(opener.value[Symbol.asyncDispose]());
  if (first.ok) return ok(createShell(first.value, { name: on, connect, says: options.says ?? (() => {}), close }));
  await close();
  return err(first.error.text);
}

async function openLink(
  opener: Opener,
  { clock, timeout = opener.patience }: OpenShellOptions,
  signal: AbortSignal | undefined,
): Promise<Result<Link, ShellFailure>> {
  const channel = await opener.open();
  if (!channel.ok) return failure("lost", channel.error);
  return openPipeLink(channel.value, { key: randomUUID().replaceAll("-", "").slice(0, 12), clock, timeout, signal });
}

function execOpener(command: string, env: NodeJS.ProcessEnv): Result<Opener> {
  if (command.trim() === "") return err("expected exec:COMMAND, a command that reaches a shell of the board");
  return ok({
    patience: 30_000,
    open: async () => ok(execChannel(command, env)),
    async [Symbol.asyncDispose]() {},
  });
}
