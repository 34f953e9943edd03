// `teemem watch`: shows the memory of TAs around each command.
import { type Command, Option } from "commander";
import { joined, printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { nodeHost } from "../../node/host.ts";
import type { Source } from "../../source/source.ts";
import type { CommandRecord } from "../../tee/monitor/record.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { RESET_MAXIMA, takesPrograms } from "../jobs/program_run.ts";
import { type MeantWorkload, readWorkload, workloadHelp } from "../jobs/stage.ts";
import { watchProgram } from "../jobs/watch_program.ts";
import { openWatch } from "../jobs/watch_stage.ts";
import { drawWatch, plainWatch } from "../jobs/watch_text.ts";
import { parseWorkload } from "../jobs/workload.ts";
import { consoleErrors, hearErrors } from "../outputs/console_errors.ts";
import { describedJson } from "../outputs/described_json.ts";
import { createLiveTable } from "../outputs/live_table.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { WatchJson } from "../schemas/watch.ts";
import { foldersAndName, ownOrNamedTaOption } from "../systems/own_tas.ts";
import { choosesEmbedded, type SourceSetting, type SystemOptions } from "../systems/setting.ts";
import { openNamed, openRunning } from "../systems/sources.ts";
import { systemOptions } from "../systems/system_options.ts";

interface WatchOptions extends SystemOptions {
  readonly ta?: readonly string[];
  readonly at?: "peak";
  readonly until?: "exit";
  readonly json?: boolean;
  readonly resetMaxima?: boolean;
}

/** Options and examples of `teemem watch`. */
export function declare(command: Command): void {
  command
    .argument("[workload...]", "after -- the workload to run; default: watch a daemon")
    .addOption(new Option("--at <moment>", "show the call sites that held its heap at the peak").choices(["peak"]))
    .addOption(
      new Option(
        "--until <moment>",
        "stop when an instance exits, and print its last statistics as xtest does",
      ).choices(["exit"]),
    )
    .option("--reset-maxima", RESET_MAXIMA)
    .option("--json", "print every record as JSON: see 'teemem schema watch'")
    .addHelpText(
      "after",
      `
Runs a workload on the embedded system, or with --on on a daemon, and shows the
memory of one TA, command by command. Every entry, exit and heap operation is an
event: nothing is sampled, nothing is missed.

With --on and a board the command runs there. Each of its calls into a TA is a
row, as it returns: docs/exact_moment.md. Where the command fails, its exit code
is that of 'teemem watch'. With --secure, errors that the secure console says
are on standard error as they come; with --json, all its lines are in the data.

Without a workload it shows what other programs do in the daemon of 'teemem
boot', as it happens. It ends with Ctrl-C, or with --until exit after the first
exit of an instance. If calls come faster than they can be shown, it reports how
many events are missing.

Workloads:
${workloadHelp()}

Examples:
  teemem watch -- hello_world
  teemem watch --ta leaky --at peak --until exit -- leaky 5
  teemem watch --ta aes --until exit
                            and 'teemem run aes' in another terminal
  teemem watch --ta my_ta -- ./client
                            a TA in C and its client: docs/client.md
  teemem watch --on unix:/tmp/tee.sock -- run hello_world
  teemem watch --json -- leaky 100 | jq '.records[].heap.growth'
`,
    );
  ownOrNamedTaOption(
    command,
    "the TA to watch; default: the workload's first TA, or all; or a folder of TAs that 'teemem ta build' made",
  );
  systemOptions(command, "on", "secure", "cfg", "optee", "profile");
}

/** The memory of one TA around each of its commands. */
export async function run(words: readonly string[], options: WatchOptions, io: Io): Promise<CommandResult> {
  const paint = createPaint(io.out);
  const over = new AbortController();
  const live = options.json !== true && words.length === 0 ? createLiveTable(io.out, paint, () => over.abort()) : null;
  const onRecord = (record: CommandRecord): void => live?.add(record);
  const { name: ta } = foldersAndName(options.ta ?? []);
  const workload = words.length === 0 ? ok(null) : readWorkload(options.ta ?? [], words, options.json === true ? 2 : 1);
  if (!workload.ok && options.on === undefined) return workload;
  const opened = await openWatched(workload.ok ? workload.value : null, options, io);
  if (!opened.ok) return opened;
  await using source = opened.value;
  if (words.length > 0 && takesPrograms(source)) {
    const program = { words, ta, resets: options.resetMaxima === true, json: options.json === true };
    return await watchProgram(source, program, io);
  }
  if (!workload.ok) return workload;
  const plan = { ta, workload: workload.value, untilExit: options.until === "exit", over, onRecord };
  const stage = await openWatch(source, plan);
  if (!stage.ok) return stage;
  if (stage.value.note !== "") io.err.write(shown`teemem: ${printable(stage.value.note)}\n`);
  else if (words.length === 0 && io.err.isTerminal) io.err.write("teemem: waiting for calls; press Ctrl-C to end\n");
  await io.err.flush();
  const hear = hearErrors(source, io);
  const ran = await stage.value.run();
  const console = await hear();
  if (options.json === true) io.out.writeData(describedJson<WatchJson>()({ ...plainWatch(stage.value), console }, 2));
  else io.out.write(shown`${joined(drawWatch(stage.value, options, paint, live === null), "\n")}\n`);
  const wrong = [ran.ok ? "" : ran.error, source.console?.ended ?? ""].filter((text) => text !== "");
  for (const text of wrong) io.err.write(shown`teemem: ${printable(text)}\n`);
  return ok(wrong.length === 0 ? 0 : 1);
}

/** The source of `--on`; with a workload an embedded system; else the daemon that runs. */
async function openWatched(workload: MeantWorkload | null, options: WatchOptions, io: Io): Promise<Result<Source>> {
  const setting: SourceSetting = {
    options,
    env: process.env,
    io,
    // What goes wrong inside is said where the system says it.
    console: consoleErrors(io),
    surroundings: { apps: workload?.apps ?? [], host: nodeHost() },
    hears: true,
    goesOn: true,
  };
  if (options.on === undefined && workload !== null) return openNamed("sim", setting);
  const found = options.on === undefined && choosesEmbedded(options) ? ok(null) : await openRunning(setting);
  if (!found.ok) return found;
  if (found.value !== null) return ok(found.value);
  const missing = parseWorkload([]);
  const text = missing.ok ? "" : missing.error;
  return err(`${text}; or start 'teemem boot' to watch what other programs do there`);
}
