// `teemem top`: the pools and TAs of systems in the terminal, as they change.
import { type Command, InvalidArgumentError } from "commander";
import { printable, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import { postAlarms } from "../../live/alarms/webhook.ts";
import { openFleet } from "../../live/open_fleet.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { readAlarms } from "../inputs/alarms_input.ts";
import { printStates } from "../jobs/top_lines.ts";
import { openTopSession, type TopSession } from "../jobs/top_session.ts";
import { takeTerminal } from "../jobs/top_terminal.ts";
import { asciiText } from "../outputs/ascii_text.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { isAsciiOnly } from "../outputs/terminal_look.ts";
import { type LiveOptions, liveSources, usualSystem } from "../systems/live_sources.ts";
import { stopSignal } from "../systems/signals.ts";
import { systemOptions } from "../systems/system_options.ts";

const HELP = `
Shows every pool and the heap of every TA as a line that lives: what is in use,
the peak, the last two minutes, growth per minute, the time until it is full,
and failed requests. Below are what happened and the secure console.

Without --on it shows the daemon of 'teemem boot', or else the embedded system.
Several systems are asked side by side: one that hangs delays no other, and one
that is lost is opened again.

--alarms names a file of rules, such as near full, growth, panic, lost. Alarms
that are on stand on top, with since when: docs/alarms.md

Keys: q quits, Enter shows one heap in detail with its live blocks by call site,
s sorts, / filters, p pauses, R sets maxima back, ? shows all of them.

With --json it needs no terminal: it prints a line of JSON each --interval, and
with --once a single one, when every system has answered. Exit code 1: a system
of the last line did not answer.

Examples:
  teemem top
  teemem top --on ssh://root@board --secure serial:/dev/ttyUSB1
  teemem top --on board1 --on board2 --on qemu:
  teemem top --on file:run.arrows
                            a recording that another teemem writes now
  teemem top --on board1 --alarms lab.yaml
  teemem top --json --once --on board1 | jq '.systems[0].heaps[0].allocated'
`;

interface TopOptions extends LiveOptions {
  readonly alarms?: string;
  readonly interval: number;
  readonly json?: boolean;
  readonly once?: boolean;
}

/** Options and examples of `teemem top`. */
export function declare(command: Command): void {
  const listed = (text: string, before: readonly string[]): readonly string[] => [...before, text];
  command
    .option("--on <source>", "a system to watch, as in 'teemem stats'; several times for several", listed, [])
    .option("--secure <console>", "the secure console of each --on, in their order; - for none", listed, [])
    .option("--interval <ms>", "ask each system this often, in milliseconds", readInterval, 1000)
    .option("--alarms <file>", "rules of alarms, in YAML: docs/alarms.md")
    .option("--json", "print the states as lines of JSON: see 'teemem schema top'")
    .option("--once", "with --json: print one line, and end")
    .addHelpText("after", HELP);
  systemOptions(command, "taStats", "leakHeaders");
}

/** Draws until a key or a signal ends it. */
export async function run(_words: readonly string[], options: TopOptions, io: Io): Promise<CommandResult> {
  const { stdin, stdout, env } = process;
  if (options.once === true && options.json !== true) return err("--once goes with --json");
  if (options.json !== true && (!io.out.isTerminal || !stdin.isTTY || env.TERM === "dumb"))
    return err("top needs a terminal that can move its cursor: use --json, 'teemem watch' or 'teemem stats' here");
  const given = options.alarms === undefined ? ok(null) : await readAlarms(options.alarms, io);
  if (!given.ok) return given;
  const stopped = stopSignal();
  const named = options.on.length > 0 ? ok(options.on) : await usual(io);
  if (!named.ok) return named;
  // What sources say on the way would stand in the middle of the screen.
  const silent = { ...io, err: { ...io.err, isTerminal: false, write() {} } };
  const sources = await liveSources({ ...options, on: named.value }, silent, async (source) => ok(source));
  if (!sources.ok) return sources;
  let quit = (): void => {};
  const wanted = new Promise<void>((resolve) => {
    quit = resolve;
  });
  let session: TopSession | undefined;
  const { alarms, webhook = null } = given.value ?? {};
  await using fleet = openFleet(sources.value, {
    ...{ clock: io.clock, wall: Date.now, period: options.interval },
    ...(alarms === undefined ? {} : { alarms }),
  });
  const over = new AbortController();
  const say = (text: string): void =>
    options.json === true ? io.err.write(shown`teemem: ${printable(text)}\n`) : session?.say(text);
  if (webhook !== null) void postAlarms(fleet, webhook, { say, signal: over.signal });
  if (options.json === true) {
    const form = { period: options.interval, once: options.once === true, wall: Date.now, over: stopped };
    const code = await printStates(fleet, form, io);
    over.abort();
    return ok(code);
  }
  const heard = {
    key: (key: string) => session?.key(key),
    changed: () => session?.redraw(),
    gone: () => quit(),
  };
  using terminal = takeTerminal(stdin, stdout, heard, isAsciiOnly(env) ? asciiText : (text) => text);
  using opened = openTopSession(fleet, terminal, createPaint(io.out), io.clock, options.interval, {
    quit: () => quit(),
    stop: () => terminal.stop(),
  });
  session = opened;
  await Promise.race([wanted, stopped]);
  over.abort();
  return ok(0);
}

async function usual(io: Io) {
  const name = await usualSystem(io);
  return name.ok ? ok([name.value]) : name;
}

function readInterval(text: string): number {
  if (/^\d{1,7}$/.test(text) && Number(text) >= 50) return Number(text);
  throw new InvalidArgumentError("Expected a number of milliseconds, 50 or more.");
}
