import { type Command, Option } from "commander";
import { grouped } from "../../base/format.ts";
import { ok } from "../../base/result.ts";
import type { MallocStats } from "../../malloc/context.ts";
import { drawCommands } from "../../view/terminal/command_table.ts";
import { drawHolders } from "../../view/terminal/holder_table.ts";
import { createPaint, type Paint } from "../../view/terminal/paint.ts";
import { printTa } from "../../xtest/print.ts";
import type { EmbeddedOptions } from "../embedded.ts";
import type { Io, Outcome } from "../outcome.ts";
import { openWatch, type WatchStage } from "../watch_stage.ts";
import { workloadHelp } from "../watched.ts";

interface WatchOptions extends EmbeddedOptions {
  readonly ta?: string;
  readonly at?: "peak";
  readonly until?: "exit";
  readonly on?: string;
  readonly json?: boolean;
}

/** Options and examples of `teemem watch`. */
export function declare(command: Command): void {
  command
    .argument("[workload...]", "what to run, after --")
    .option("--ta <uuid|name>", "the trusted application to watch; default the workload's first")
    .addOption(new Option("--at <moment>", "who held its heap when it was at its peak").choices(["peak"]))
    .addOption(new Option("--until <moment>", "its last statistics before it ended, as xtest prints").choices(["exit"]))
    .addOption(
      new Option("--on <socket>", "watch the daemon of 'teemem boot' there, not an embedded system").conflicts([
        "cfg",
        "optee",
        "profile",
      ]),
    )
    .option("--cfg <switches>", "build switches, like 'CFG_TEE_TA_MALLOC_DEBUG=y'")
    .option("--optee <version>", "release, like 4.5.0")
    .option("--profile <name>", "boot profile")
    .option("--json", "every record as JSON")
    .addHelpText(
      "after",
      `
Runs a workload on the embedded system, or with --on on a daemon, and shows the memory of one trusted application,
command by command. Every entry, exit and heap operation is an event: nothing is sampled, nothing is missed.

Workloads:
${workloadHelp()}

Examples:
  teemem watch -- hello_world
  teemem watch --ta leaky --at peak --until exit -- leaky 5
  teemem watch --on /run/user/1000/teemem.sock -- run hello_world
  teemem watch --json -- leaky 100 | jq '.records[].heap.growth'
`,
    );
}

/** The memory of one application around each of its commands. */
export async function run(words: readonly string[], options: WatchOptions, io: Io): Promise<Outcome> {
  // What goes wrong inside is said where the system says it.
  const stage = await openWatch(options.ta, words, options, (line) => {
    if (line.startsWith("E/")) io.err.write(`${line}\n`);
  });
  if (!stage.ok) return stage;
  const ran = await stage.value.run();
  if (options.json === true) io.out.write(`${JSON.stringify(plain(stage.value), null, 2)}\n`);
  else io.out.write(`${drawn(stage.value, options, createPaint(io.out.colours)).join("\n")}\n`);
  if (ran.ok) return ok(0);
  io.err.write(`teemem: ${ran.error}\n`);
  return ok(1);
}

function plain({ release, uuid, name, watch, running }: WatchStage): object {
  const { records, ended, highest } = watch;
  return { release, uuid, name, records, highest, ended, running: running() };
}

function drawn({ uuid, name, layout, watch, running }: WatchStage, options: WatchOptions, paint: Paint): string[] {
  const lines = [paint.bold(`${name}  ${uuid}`)];
  for (const instance of new Set(watch.records.map((record) => record.instance))) {
    const rows = watch.records.filter((record) => record.instance === instance);
    const events = `events ${rows[0]?.from} to ${rows.at(-1)?.to}`;
    const beside = `core heap at its start ${grouped(rows[0]?.core.before ?? 0)} bytes`;
    lines.push("", paint.dim(`instance ${instance}, ${events}, ${beside}`), ...drawCommands(rows, paint));
  }
  const { highest } = watch;
  if (highest === null) lines.push("", "It was never entered.");
  else if (options.at === "peak") {
    const where = highest.entry === "invoke" ? `invoke ${highest.command}` : highest.entry;
    lines.push("", paint.bold(`At the peak: ${grouped(highest.heap.peak)} bytes, in ${where}`));
    lines.push(...drawHolders(highest.holders, paint));
  }
  if (options.until === "exit") {
    for (const { instance, last, holders } of watch.ended) {
      const text = printTa([record(uuid, last.panicked, 0, last.stats)], layout);
      lines.push("", paint.bold(`Instance ${instance} ended`), text.trimEnd());
      lines.push("", "Still allocated then:", ...drawHolders(holders, paint));
    }
  }
  for (const { instance, sessions, panicked, stats } of running()) {
    const text = printTa([record(uuid, panicked, sessions, stats)], layout);
    lines.push("", paint.bold(`Instance ${instance} still runs`), text.trimEnd());
  }
  return lines;
}

function record(
  uuid: string,
  panicked: boolean,
  sessions: number,
  stats: MallocStats,
): Parameters<typeof printTa>[0][number] {
  return { uuid, panicked: panicked ? 1 : 0, sessions, heap: { name: "", ...stats } };
}
