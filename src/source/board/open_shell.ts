// Opens the shell of a board from what is written after `--on`.
import { randomUUID } from "node:crypto";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { REBOOT_PATIENCE } from "../back_off.ts";
import { execOpener } from "./channel/exec_channel.ts";
import type { Opener } from "./channel/opener.ts";
import { serialOpener } from "./channel/serial_channel.ts";
import { sshOpener } from "./channel/ssh_opener.ts";
import { tcpOpener } from "./channel/tcp_channel.ts";
import { openConsoleLink } from "./console/console_link.ts";
import { isTerminal } from "./find_terminal.ts";
import { createShell } from "./shell/create_shell.ts";
import { createInbox } from "./shell/inbox.ts";
import type { ShellLink } from "./shell/link.ts";
import { openPipeLink } from "./shell/pipe_link.ts";
import { failure, type Shell, type ShellFailure } from "./shell/shell.ts";

interface OpenShellOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds, ascending. */
  readonly clock: () => number;
  /** Milliseconds until the board's shell has to answer; default one minute, for ssh two, as it may ask for a password. */
  readonly timeout?: number;
  /** Told what a user wants to know meanwhile, such as a connection that was lost. */
  readonly says?: (text: string) => void;
  /** Milliseconds for which a connection that was lost is opened again; default one minute. */
  readonly patience?: number;
  /** Who logs in on a console where the address names nobody; default root. */
  readonly user?: string;
  /** Asks for a console's password; undefined where there is none to be had. */
  readonly password?: (question: string) => Promise<string | undefined>;
  readonly signal?: AbortSignal;
}

/** How each scheme opens its channels. */
const SCHEMES: ReadonlyMap<string, (where: string, env: NodeJS.ProcessEnv) => Result<Opener>> = new Map([
  ["ssh", sshOpener],
  ["exec", execOpener],
  ["tcp", tcpOpener],
  ["serial", serialOpener],
]);

/** Opens the shell of a board: `ssh://root@board`, `exec:COMMAND`, `tcp://HOST:PORT`, `serial:PATH`. The error says what to do. */
export async function openShell(on: string, options: OpenShellOptions): Promise<Result<Shell>> {
  const colon = on.indexOf(":");
  const scheme = SCHEMES.get(on.slice(0, colon));
  if (scheme === undefined) return err(`'${clip(on)}' has no shell; known: ssh://, exec:, tcp://, serial:`);
  const opener = scheme(on.slice(colon + 1), options.env);
  if (!opener.ok) return opener;
  const connect = (signal?: AbortSignal): Promise<Result<ShellLink, ShellFailure>> =>
    openLink(on, opener.value, options, signal);
  const { says = () => {}, patience = REBOOT_PATIENCE } = options;
  const close = async (): Promise<void> => opener.value[Symbol.asyncDispose]();
  const first = await connect(options.signal);
  if (first.ok) return ok(createShell(first.value, { name: on, connect, says, patience, close }));
  await close();
  return err(first.error.text);
}

async function openLink(
  on: string,
  opener: Opener,
  { clock, user = "root", password, timeout = opener.patience }: OpenShellOptions,
  signal: AbortSignal | undefined,
): Promise<Result<ShellLink, ShellFailure>> {
  const opened = await opener.open();
  if (!opened.ok) return failure("lost", opened.error);
  const channel = opened.value;
  const inbox = createInbox(channel.incoming);
  const options = { key: randomUUID().replaceAll("-", "").slice(0, 12), clock, timeout, signal };
  if (!opener.consoles || !(await isTerminal(channel, inbox, options.key, signal)))
    return openPipeLink(channel, inbox, options);
  const name = opener.user || user;
  const login = { user: name, password: async () => password?.(`password of ${name} on ${on}: `) };
  return openConsoleLink(channel, inbox, login, options);
}
