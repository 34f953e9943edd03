import { type Command, InvalidArgumentError, Option } from "commander";
import { counted, grouped } from "../../base/format.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { createRecordingWriter } from "../../recording/recording_writer.ts";
import { writeRecording } from "../../recording/write_recording.ts";
import { readRecordings } from "../inputs/read_recording.ts";
import { overwrites } from "../inputs/same_file.ts";
import { openRecordFile } from "../jobs/record_file.ts";
import { runProgram } from "../jobs/record_program.ts";
import { createRecordSession } from "../jobs/record_session.ts";
import { workloadHelp } from "../jobs/watched.ts";
import { parseWorkload, WORKLOADS } from "../jobs/workload.ts";
import type { Io, Outcome } from "../outputs/outcome.ts";
import { openFile } from "../outputs/write_file.ts";
import { openRecorded, type RecordedSystem } from "../systems/record_system.ts";
import { EMBEDDED_ONLY, type SystemOptions } from "../systems/system.ts";

interface RecordOptions extends SystemOptions {
  readonly output: string;
  readonly force?: boolean;
  readonly from?: readonly string[];
  readonly interval: number;
}

/** Options and examples of `teemem record`. */
export function declare(command: Command): void {
  command
    .argument("[workload...]", "what to run, after --: a workload, or any program; without it, a daemon is recorded")
    .requiredOption("-o, --output <file>", "the recording, an Arrow stream: docs/recording.md")
    .option("--force", "write over a file that is there")
    .option("--interval <ms>", "milliseconds between two samples of the counters", readInterval, 100)
    .addOption(
      new Option("--on <socket>", "the daemon of 'teemem boot' there, not an embedded system").conflicts(EMBEDDED_ONLY),
    )
    .option("--cfg <switches>", "build switches, like 'CFG_TEE_TA_MALLOC_DEBUG=y'")
    .option("--optee <version>", "release, like 4.5.0")
    .option("--profile <name>", "boot profile")
    .addOption(
      new Option(
        "--from <file...>",
        "instead: make a recording of heap traces, xtest output or a console log",
      ).conflicts(["on", "interval", ...EMBEDDED_ONLY]),
    )
    .addHelpText(
      "after",
      `
Records every operation on every heap, entries into trusted applications, and
their counters over time. The embedded system is recorded from its boot on, and
can be replayed exactly; a daemon from the moment of listening, with the blocks
that are there. What was recorded up to a second ago can be read whatever
happens, a kill -9 included.

Workloads:
${workloadHelp()}
Any other program is run as it is, with TEEMEM_SOCKET set to the system's
socket; 'xtest' and 'teemem' are our own.

Examples:
  teemem record -o run.arrows -- run acipher 512 hello
  teemem record -o stats.arrows -- xtest --stats --alloc
  teemem record -o day.arrows --on unix:/tmp/tee.sock
                          until Ctrl-C
  teemem record -o core.arrows --from data/optee-4.0.0/core.trace.gz
  teemem report run.arrows
`,
    );
}

/** Records a system while something runs, or makes a recording of what was recorded otherwise. */
export async function run(words: readonly string[], options: RecordOptions, io: Io): Promise<Outcome> {
  if (options.output === "-") return err("a recording goes to a file: name one with -o");
  if (options.from !== undefined) return importFiles(words, options.from, options, io);
  const [name = ""] = words;
  const workload = Object.hasOwn(WORKLOADS, name) ? parseWorkload(words) : ok(null);
  if (!workload.ok) return workload;
  const opened = await openRecorded(words, options, (line) => {
    if (line.startsWith("E/")) io.err.write(shown`${printable(line)}\n`);
  });
  if (!opened.ok) return opened;
  const system = opened.value;
  const file = await openRecordFile(options.output, options.force === true);
  if (!file.ok) {
    await system.end();
    return file;
  }
  const session = await createRecordSession(system, file.value, options.interval, io);
  if (system.boots) session.mark("boot", "");
  let ran = await system.begin(session.feed);
  let unstarted: string | null = null;
  if (ran.ok) {
    session.mark(name, words.join(" "));
    if (workload.value !== null) ran = await workload.value.run(system.client);
    else if (words.length === 0) await system.wait();
    else {
      const end = await runOutside(words, system);
      if (end.ok) ran = end.value;
      else unstarted = end.error;
    }
  }
  const ended = await system.end();
  session.end();
  if (unstarted !== null) {
    file.value.remove();
    return err(unstarted);
  }
  io.err.write(shown`teemem: ${printable(options.output)}: ${printable(session.summary())}\n`);
  file.value.close();
  const bad = [ran, ended].filter((one) => !one.ok).map(({ error }) => error);
  if (file.value.failure !== "") bad.push(file.value.failure);
  for (const error of new Set(bad)) io.err.write(shown`teemem: ${printable(error)}\n`);
  return ok(bad.length === 0 ? 0 : 1);
}

/** The outer error: it did not run. The inner one: it ran, and failed. */
async function runOutside(words: readonly string[], system: RecordedSystem): Promise<Result<Result<void>>> {
  const socket = await system.socket();
  if (!socket.ok) return socket;
  const end = await runProgram(words, socket.value);
  if (!end.ok) return end;
  const { code, signal } = end.value;
  if (code === 0) return ok(ok(undefined));
  return ok(err(`'${words[0]}' ended with ${signal === null ? `exit code ${code}` : signal}`));
}

async function importFiles(
  words: readonly string[],
  paths: readonly string[],
  { output, force }: RecordOptions,
  io: Io,
): Promise<Outcome> {
  if (words.length > 0) return err("--from takes files only: nothing is run then");
  const lost = overwrites(output, paths);
  if (lost !== null) return err(lost);
  const recording = await readRecordings(paths, io);
  if (!recording.ok) return recording;
  const file = openFile(output, force === true ? "replace" : "refuse");
  if (!file.ok) return file;
  const { origin, version } = recording.value;
  let bytes = 0;
  try {
    const writer = await createRecordingWriter({ origin, version }, (chunk) => {
      file.value.write(chunk);
      bytes += chunk.length;
    });
    writeRecording(recording.value, writer);
    writer.end();
    file.value.finish();
    io.err.write(shown`teemem: ${printable(output)}: ${counted(writer.rows, "row")}, ${grouped(bytes)} bytes\n`);
    return ok(0);
  } catch (error) {
    file.value.discard();
    throw error;
  }
}

function readInterval(text: string): number {
  if (/^\d{1,7}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError("It is a number of milliseconds, from 1.");
}
