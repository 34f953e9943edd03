// The table of secure consoles: what stands before the colon of `--secure`, and how to open it.
import { clip, printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { LONG_PATIENCE, REBOOT_PATIENCE } from "../../source/back_off.ts";
import type { ConsoleBytes } from "../../source/console/read_feed.ts";
import type { ConsoleFeed } from "../../source/console_feed.ts";
import type { Source } from "../../source/source.ts";
import { rowFor, usagesOf } from "./scheme_table.ts";
import type { SourceSetting } from "./setting.ts";

/** A kind of console. */
interface ConsoleScheme {
  /** As it is written after `--secure`. */
  readonly usage: string;
  /** It is opened again where it ended. */
  readonly again?: true;
  /** Opens what stands behind the colon. The error says what to do. */
  open(where: string, env: NodeJS.ProcessEnv): Promise<Result<ConsoleBytes>>;
}

/** Kinds of consoles by their scheme. What they need is loaded when one is opened. */
export const CONSOLES: Readonly<Record<string, ConsoleScheme>> = {
  exec: {
    usage: "exec:COMMAND",
    async open(command, env) {
      if (command.trim() === "") return err("expected exec:COMMAND, a command that prints the secure console");
      const { commandConsole } = await import("../../source/console/command_console.ts");
      return ok(commandConsole(command, env));
    },
  },
  tcp: {
    usage: "tcp://HOST:PORT",
    again: true,
    async open(where) {
      const opener = (await import("../../source/board/channel/tcp_channel.ts")).tcpOpener(where);
      return opener.ok ? opener.value.open() : opener;
    },
  },
  serial: {
    usage: "serial:PATH",
    again: true,
    async open(where) {
      const opener = (await import("../../source/board/channel/serial_channel.ts")).serialOpener(where);
      return opener.ok ? opener.value.open() : opener;
    },
  },
  file: {
    usage: "file:PATH",
    open: async (where) => (await import("../../source/console/follow_file.ts")).followFile(where),
  },
};

/** The source with its secure console, where one is named; an error closes the source. */
export async function besideConsole(source: Source, setting: SourceSetting): Promise<Result<Source>> {
  const { secure } = setting.options;
  if (secure === undefined || setting.hears !== true) return ok(source);
  const opened = await openFor(source, secure, setting);
  if (!opened.ok) {
    await source[Symbol.asyncDispose]();
    return opened;
  }
  const [{ feedOf }, { withConsole }] = await Promise.all([
    import("../../source/console/read_feed.ts"),
    import("../../source/console/with_console.ts"),
  ]);
  return ok(withConsole(source, feedOf(secure, opened.value)));
}

async function openFor(
  { name, answers, console }: Source,
  secure: string,
  setting: ConsoleSetting,
): Promise<Result<ConsoleBytes>> {
  if (answers.has("recording")) return err(`${name} is a recording: it has what its secure console said`);
  if (console !== undefined) return err(`${name} has a secure console of its own: leave out --secure`);
  return openBytes(secure, setting);
}

/** The console of `--secure` alone. */
export async function openConsole(
  secure: string,
  setting: ConsoleSetting,
): Promise<Result<ConsoleFeed & AsyncDisposable>> {
  const opened = await openBytes(secure, setting);
  if (!opened.ok) return opened;
  const { feedOf } = await import("../../source/console/read_feed.ts");
  return ok(feedOf(secure, opened.value));
}

type ConsoleSetting = Pick<SourceSetting, "env" | "io" | "goesOn">;

async function openBytes(secure: string, { env, io, goesOn }: ConsoleSetting): Promise<Result<ConsoleBytes>> {
  const found = rowFor(CONSOLES, secure);
  if (found === undefined) return err(`--secure: expected ${usagesOf(CONSOLES)}, found '${clip(secure)}'`);
  const open = (): Promise<Result<ConsoleBytes>> => found.row.open(found.where, env);
  const first = await open();
  if (!first.ok || found.row.again !== true) return first;
  const { reopened } = await import("../../source/console/reopened.ts");
  const says = (text: string): void => io.err.write(shown`teemem: ${printable(text)}\n`);
  const patience = goesOn === true ? LONG_PATIENCE : REBOOT_PATIENCE;
  return ok(reopened(first.value, { name: secure, patience, open, says }));
}
