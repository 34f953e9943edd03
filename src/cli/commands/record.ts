// `teemem record`: records a source while something runs, or makes a recording of what was recorded otherwise.

import { type Command, InvalidArgumentError, Option } from "commander";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { nodeHost } from "../../node/host.ts";
import { makeIndexBeside } from "../../source/file/indexed_file.ts";
import { isTraced, type Source } from "../../source/source.ts";
import { BUNDLED } from "../../tee/apps/bundled.ts";
import { RESET_MAXIMA, takesPrograms } from "../jobs/program_run.ts";
import { copyRecording, importFiles } from "../jobs/record_copy.ts";
import { openRecordFile } from "../jobs/record_file.ts";
import { recordProgramOf } from "../jobs/record_program_of.ts";
import { runMeanwhile } from "../jobs/record_run.ts";
import { createRecordSession } from "../jobs/record_session.ts";
import { hearing, recordSource } from "../jobs/record_source.ts";
import { andWrong, exitCode } from "../jobs/run_end.ts";
import { workloadHelp } from "../jobs/stage.ts";
import { parseWorkload, WORKLOADS } from "../jobs/workload.ts";
import { consoleErrors } from "../outputs/console_errors.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { RecordJson } from "../schemas/record.ts";
import { tellsNoSuchTa } from "../systems/no_such_ta.ts";
import { memcheckOption, type OwnTaOptions, ownTaOption, ownTasOf } from "../systems/own_tas.ts";
import { choosesEmbedded, EMBEDDED_ONLY, type SourceSetting, type SystemOptions } from "../systems/setting.ts";
import { openNamed, openRunning } from "../systems/sources.ts";
import { systemOptions } from "../systems/system_options.ts";

interface RecordOptions extends SystemOptions, OwnTaOptions {
  readonly output: string;
  readonly force?: boolean;
  readonly from?: readonly string[];
  readonly taElf?: readonly string[];
  readonly interval: number;
  readonly resetMaxima?: boolean;
  readonly json?: boolean;
}

/** Options and examples of `teemem record`. */
export function declare(command: Command): void {
  command
    .argument("[workload...]", "after -- the workload or program to run; default: record a daemon")
    .requiredOption("-o, --output <file>", "the recording to write, an Arrow stream: docs/recording.md")
    .option("--force", "overwrite an existing file")
    .option("--interval <ms>", "milliseconds between two samples of the counters", readInterval, 100)
    .option("--reset-maxima", RESET_MAXIMA)
    .option("--json", "print what was recorded as JSON, at the end: see 'teemem schema record'")
    .addOption(
      new Option(
        "--from <file...>",
        "convert heap traces, events of the QEMU plugin, xtest output or a console log instead",
      ).conflicts(["on", "interval", ...EMBEDDED_ONLY]),
    )
    .option(
      "--ta-elf <file...>",
      "with --from: programs of TAs, to name call sites that are addresses in them; or a name of boards.yaml",
    )
    .addHelpText(
      "after",
      `
Records every operation on every heap, every entry into a TA, and the counters
over time. A recording of the embedded system starts at boot and can be replayed
exactly. A recording of a daemon starts with the blocks that are live when it
begins to listen. Data is on disk after one second, even after a kill -9.

Workloads:
${workloadHelp()}
With --on and a board the command runs there. Each of its calls into a TA is
recorded, with the counters right after it: docs/exact_moment.md.
Where a program or command fails, its exit code is that of 'teemem record'.

Any other program runs as it is, with TEEMEM_SOCKET set to the system's socket.
'xtest' and 'teemem' are those of this package.

Examples:
  teemem record -o run.arrows -- run acipher 512 hello
  teemem record -o stats.arrows -- xtest --stats --alloc
  teemem record -o day.arrows --on unix:/tmp/tee.sock
                          until Ctrl-C
  teemem record -o core.arrows --from demo:core
  teemem record -o ta.arrows --from ring.bin --ta-elf TA.elf
                          heap events that a TA gave: docs/ta_object.md
  teemem record -o run.arrows --from heap.events
                          what the plugin of 'teemem device qemu' wrote
  teemem report run.arrows
`,
    );
  ownTaOption(command);
  memcheckOption(command);
  systemOptions(command, "on", "secure", "taStats", "leakHeaders", "cfg", "optee", "profile");
}

/** Records a source while something runs, or makes a recording of what was recorded otherwise; and its index. */
export async function run(words: readonly string[], options: RecordOptions, io: Io): Promise<CommandResult> {
  const recorded = await record(words, options, io);
  if (recorded.ok) await makeIndexBeside(options.output);
  return recorded;
}

async function record(words: readonly string[], options: RecordOptions, io: Io): Promise<CommandResult> {
  if (options.output === "-") return err("a recording is a file; name it with -o");
  if (options.from === undefined && options.taElf !== undefined) return err("--ta-elf goes with --from");
  if (options.from !== undefined) return importFiles(words, options.from, options, io);
  const [name = ""] = words;
  const workload = Object.hasOwn(WORKLOADS, name) ? parseWorkload(words) : ok(null);
  if (!workload.ok && options.on === undefined) return workload;
  const opened = await openRecorded(words, options, io);
  if (!opened.ok) return opened;
  await using source = opened.value;
  const runs = words.length > 0 && takesPrograms(source);
  if (!workload.ok && !runs) return workload;
  if (source.answers.has("recording")) return await copyRecording(source, words, options, io);
  if (!isTraced(source) && !source.answers.has("alloc") && !source.answers.has("ta"))
    return err(`${source.name} has neither events nor counters to record`);
  if (isTraced(source) && source.start !== undefined && words.length === 0) return err(NOTHING);
  const file = await openRecordFile(options.output, options.force === true);
  if (!file.ok) return file;
  const session = await createRecordSession(source, file.value, options.interval, io);
  const says = (text: string): void => io.err.write(shown`teemem: ${printable(text)}\n`);
  const plan = {
    name,
    command: words.join(" "),
    interval: options.interval,
    clock: io.clock,
    says,
    run: (over: Promise<unknown>) =>
      runMeanwhile(words, workload.ok ? workload.value : null, source, over, options.json === true ? 2 : 1),
  };
  // With --json, standard output has the data alone.
  const beside = options.json === true ? { ...io, out: io.err } : io;
  const program = { words, interval: options.interval, resets: options.resetMaxima === true };
  const recorded = await hearing(source, session, async () =>
    runs
      ? ok(await recordProgramOf(source, session, program, beside, says))
      : await recordSource(source, session, plan),
  );
  session.end();
  if (!recorded.ok) {
    file.value.remove();
    return recorded;
  }
  io.err.write(shown`teemem: ${printable(options.output)}: ${printable(session.summary())}\n`);
  file.value.close();
  const end = andWrong(recorded.value, file.value.failure);
  end.wrong.forEach(says);
  if (options.json === true) {
    const { name: recording, version } = source;
    const told = { file: options.output, recording, version, ...session.recorded(), wrong: end.wrong };
    io.out.writeData(describedJson<RecordJson>()(told));
  }
  return ok(exitCode(end));
}

const NOTHING =
  "nothing to record: add -- and a workload, or start 'teemem boot' to record what other programs do there";

/** The source of `--on`; with something to run an embedded system that boots when the recording begins; else the daemon. */
async function openRecorded(words: readonly string[], options: RecordOptions, io: Io): Promise<Result<Source>> {
  if (options.ta !== undefined && (options.on !== undefined || words.length === 0))
    return err("--ta is for the embedded system of a program: add -- and the program, and leave out --on");
  const tas = await ownTasOf(options, BUNDLED, io);
  if (!tas.ok) return tas;
  const setting: SourceSetting = {
    options,
    env: process.env,
    io,
    console: consoleErrors(io),
    surroundings: { apps: tas.value.apps, host: { ...nodeHost(), ...tellsNoSuchTa(io) } },
    bootsLater: true,
    hears: true,
    goesOn: true,
  };
  if (options.on === undefined && words.length > 0) return openNamed("sim", setting);
  const found = options.on === undefined && choosesEmbedded(options) ? ok(null) : await openRunning(setting);
  if (!found.ok) return found;
  return found.value === null ? err(NOTHING) : ok(found.value);
}

function readInterval(text: string): number {
  if (/^\d{1,7}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError("Expected a number of milliseconds, 1 or more.");
}
