// `teemem fuzz`: looks for inputs that break a TA in C.
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Suppression } from "../../analyze/findings/suppression.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { FuzzBug, FuzzProgress } from "../../fuzz/fuzz.ts";
import { type FuzzInput, OPEN } from "../../fuzz/input.ts";
import type { RecordedFinding } from "../../recording/finding_rows.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { readTaModule } from "../../wasm/module/read_module.ts";
import { findingsJson } from "../findings/finding_json.ts";
import { type FindingFileOptions, findingFileOptions, readSuppressions } from "../findings/finding_options.ts";
import { findingBlocks, judgeFindings, writeFindings } from "../findings/tell_findings.ts";
import { keepInput, readCorpus } from "../fuzz/corpus_folder.ts";
import { FUZZ_DEFAULTS } from "../fuzz/fuzz_defaults.ts";
import { readGrammar } from "../fuzz/grammar.ts";
import { readReproducer, writeReproducer } from "../fuzz/reproducer.ts";
import { readFailure } from "../inputs/read_failure.ts";
import type { FuzzJob } from "../jobs/fuzz_job.ts";
import { replayInput } from "../jobs/fuzz_job.ts";
import { runFuzzJobs } from "../jobs/fuzz_pool.ts";
import { blocksText } from "../outputs/blocks_text.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { FuzzJson } from "../schemas/fuzz.ts";
import { modulesOf } from "../systems/own_tas.ts";
import type { SystemOptions } from "../systems/setting.ts";
import { systemOptions } from "../systems/system_options.ts";
import { buildChecked } from "../ta/checked_build.ts";
import { type ModeOptions, modeOf } from "../ta/mode_option.ts";

const HELP = `
Calls the commands of a TA with inputs that it changes again and again, keeps
those that reach new code, and tells each bug once: what memcheck finds, panics,
and loops without an end. The TA is the one that 'teemem ta build FOLDER' built;
it is built once more with checks and with counters of its code.

Each bug leaves two files: the smallest input that shows it, for --replay, and a
client in C, for a board and for 'teemem exec --memcheck'. The same seed makes
the same inputs. docs/fuzz.md says more.

Exit codes: 0 no bug, 1 a bug, 2 an error.

Examples:
  teemem fuzz my_ta                       a minute, on one core
  teemem fuzz my_ta --time 3600 --jobs 4 --corpus corpus
  teemem fuzz my_ta --runs 1000000 --seed 7 -o bugs
  teemem fuzz my_ta --grammar commands.yaml
  teemem fuzz my_ta --memcheck=full       also what was never written; slower
  teemem fuzz my_ta --replay bugs/invalid-write-1.json
`;

interface FuzzCommandOptions extends SystemOptions, FindingFileOptions {
  readonly json?: boolean;
  readonly memcheckFull?: boolean;
  readonly time?: number;
  readonly runs?: number;
  readonly seed: number;
  readonly jobs: number;
  readonly corpus?: string;
  readonly output: string;
  readonly grammar?: string;
  readonly dictionary?: string;
  readonly reset?: boolean;
  readonly patience: number;
  readonly replay?: string;
}

/** Arguments, options and examples of `teemem fuzz`. */
export function declare(command: Command): void {
  command
    .argument("<folder>", "a folder that 'teemem ta build' built, or a module of it")
    .option("--time <seconds>", "end after so many seconds; default: 60, without --runs", positive)
    .option("--runs <count>", "end after so many inputs", positive)
    .option("--seed <number>", "the beginning of all that is random", positive, FUZZ_DEFAULTS.seed)
    .option("--jobs <count>", "so many sessions at once, each on a core", positive, FUZZ_DEFAULTS.jobs)
    .option("--corpus <folder>", "begin with the inputs of this folder, and keep new ones there")
    .option("-o, --output <folder>", "the folder for what shows a bug", FUZZ_DEFAULTS.output)
    .option("--grammar <file>", "commands and parameters to begin with, in YAML")
    .option("--dictionary <file>", "words to put into buffers, one on a line")
    .option("--reset", "begin each input with the TA as it was when its session was opened")
    .option(
      "--patience <seconds>",
      "a call that computes for longer is a loop without an end",
      positive,
      FUZZ_DEFAULTS.patience,
    )
    .addOption(new Option("--memcheck-full").hideHelp())
    .option("--replay <file>", "run one input and tell what it shows")
    .option("--json", "print what was found and how much was tried as JSON, at the end: see 'teemem schema fuzz'")
    .addHelpText("after", HELP);
  findingFileOptions(command);
  systemOptions(command, "cfg", "optee", "profile");
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value < 2 ** 32) return value;
  throw new InvalidArgumentError("It is a whole number above 0.");
}

/** Fuzzes, or runs one input. */
export async function run(
  [folder = ""]: readonly string[],
  options: FuzzCommandOptions,
  io: Io,
): Promise<CommandResult> {
  const cores = availableParallelism();
  if (options.jobs > 4 * cores) return err(`--jobs ${options.jobs}: this machine has ${cores} cores`);
  const ta = await targetModule(folder, { fuzz: true, memcheckFull: options.memcheckFull }, io);
  if (!ta.ok) return ta;
  const begin = inputsOf(options);
  if (!begin.ok) return begin;
  const suppressions = readSuppressions(options);
  if (!suppressions.ok) return suppressions;
  const milliseconds = options.time === undefined && options.runs === undefined ? 60_000 : (options.time ?? 1e9) * 1000;
  const job: FuzzJob = {
    file: ta.value.file,
    system: { cfg: options.cfg, optee: options.optee, profile: options.profile },
    seed: options.seed,
    runs: options.runs ?? Number.MAX_SAFE_INTEGER,
    milliseconds,
    reset: options.reset === true,
    patience: options.patience * 1000,
    ...begin.value,
  };
  if (options.replay !== undefined) return replay(options.replay, job, ta.value, folder, io);
  return session(job, options, { ta: ta.value, folder, suppressions: suppressions.value }, io);
}

interface Subject {
  readonly ta: TargetModule;
  readonly folder: string;
  readonly suppressions: readonly Suppression[];
}

interface TargetModule {
  readonly file: string;
  readonly uuid: string;
  readonly name: string;
}

/** The one TA of a folder, built for the fuzzer. */
async function targetModule(folder: string, mode: ModeOptions, io: Io): Promise<Result<TargetModule>> {
  const built = await buildChecked([folder], mode, io);
  if (!built.ok) return built;
  const files = modulesOf(folder, process.env, modeOf(mode).name);
  if (!files.ok) return files;
  const tas = files.value.flatMap((file) => {
    const module = readTaModule(readFileSync(file), basename(file, ".wasm"));
    return module.ok ? [{ file, uuid: module.value.uuid, name: module.value.name }] : [];
  });
  const [first] = tas;
  if (first === undefined) return err(`${printable(folder)} has no TA`);
  if (tas.length > 1)
    return err(
      `${printable(folder)} has several TAs: name the folder of one, or one of ${tas.map(({ file }) => printable(file)).join(", ")}`,
    );
  return ok(first);
}

function inputsOf(options: FuzzCommandOptions): Result<{ inputs: FuzzInput[]; dictionary: Uint8Array[] }> {
  const corpus = options.corpus === undefined ? ok([]) : readCorpus(options.corpus);
  if (!corpus.ok) return corpus;
  const grammar = options.grammar === undefined ? ok([]) : readGrammar(options.grammar);
  if (!grammar.ok) return grammar;
  const inputs = [...grammar.value, ...corpus.value];
  if (options.dictionary === undefined) return ok({ inputs, dictionary: [] });
  try {
    const words = readFileSync(options.dictionary, "utf8")
      .split("\n")
      .filter((line) => line !== "");
    return ok({ inputs, dictionary: words.map((word) => new TextEncoder().encode(word)) });
  } catch (error) {
    return err(`${printable(options.dictionary)}: ${readFailure(error)}`);
  }
}

async function session(
  job: FuzzJob,
  options: FuzzCommandOptions,
  { ta, folder, suppressions }: Subject,
  io: Io,
): Promise<CommandResult> {
  const bugs: (FuzzBug & { readonly file: string })[] = [];
  const stop = new AbortController();
  const interrupted = (): void => stop.abort();
  process.once("SIGINT", interrupted);
  let told = 0;
  const ended = await runFuzzJobs(job, options.jobs, {
    signal: stop.signal,
    progress(progress) {
      const at = io.clock();
      if (!io.err.isTerminal || at - told < 500) return;
      told = at;
      io.err.write(shown`\r\x1b[K${printable(briefly(summary(progress), io.err.width))}`);
      void io.err.flush().catch(() => {});
    },
    bug(bug) {
      const judged = judgeFindings([recorded(bug, ta)], suppressions);
      if (judged.shown.length === 0) return;
      const path = writeReproducer(options.output, ta.uuid, ta.name, bug);
      bugs.push({ ...bug, file: path });
      if (options.json === true) return;
      wipe(io);
      io.out.write(shown`${blocksText(findingBlocks(judged, [folder], createPaint(io.out)).slice(0, -1))}`);
      io.out.write(shown`  input ${printable(String(bug.run))}: ${printable(path)}\n\n`);
      void io.out.flush().catch(() => {});
    },
    kept(input) {
      if (options.corpus !== undefined) keepInput(options.corpus, ta.uuid, ta.name, input);
    },
  });
  process.off("SIGINT", interrupted);
  wipe(io);
  if (!ended.ok) return ended;
  const all = judgeFindings(
    bugs.map((bug) => recorded(bug, ta)),
    [],
  );
  if (options.json === true) {
    const [{ findings }, tried] = [findingsJson(all), ended.value];
    const files = bugs.map(({ file, run }) => ({ file, input: run }));
    io.out.writeData(describedJson<FuzzJson>()({ ta: ta.name, uuid: ta.uuid, ...tried, findings, files }));
  } else io.out.write(shown`${printable(summary(ended.value))}\n`);
  const unwritten = writeFindings(all, options, [folder], io.err);
  return unwritten === null ? ok(bugs.length > 0 ? 1 : 0) : err(unwritten);
}

/** Takes the progress away before anything else is said; standard output may be the same terminal. */
function wipe({ err: output }: Io): void {
  if (!output.isTerminal) return;
  output.write(shown`\r\x1b[K`);
  void output.flush().catch(() => {});
}

/** The progress on one line: only that can be wiped again. */
function briefly(text: string, width: number): string {
  return text.length < width ? text : `${text.slice(0, width - 2)}…`;
}

function summary(progress: FuzzProgress): string {
  const { runs, calls, milliseconds, corpus, edges, allEdges, bugs, unconfirmed, waited, unfollowed } = progress;
  const seconds = milliseconds / 1000;
  const counted = (count: number, word: string): string =>
    `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
  const speed = Math.round(calls / Math.max(0.001, seconds)).toLocaleString("en");
  const parts = [
    `${counted(runs, "input")} with ${counted(calls, "call")} in ${seconds.toFixed(1)} s (${speed} calls a second)`,
    `${edges} of ${allEdges} edges`,
    `${counted(corpus, "input")} kept`,
    counted(bugs, "bug"),
    ...(unconfirmed === 0 ? [] : [`${counted(unconfirmed, "suspicion")} not confirmed`]),
    ...(waited === 0 ? [] : [`${counted(waited, "input")} waited`]),
    ...(unfollowed === 0 ? [] : [`${counted(unfollowed, "input")} not followed beyond a wait: Node.js 24 can`]),
    ...(progress.opened ? [] : ["no parameters opened a session"]),
  ];
  return parts.join(", ");
}

function recorded(
  { finding, input }: Pick<FuzzBug, "finding" | "input">,
  { uuid, name }: TargetModule,
): RecordedFinding {
  const command = input.at(-1)?.command ?? 0;
  const entry = command === OPEN ? "open" : `invoke ${command}`;
  return { finding, uuid, ta: name, instance: 1, session: 1, entry, time: 0, times: 1 };
}

async function replay(path: string, job: FuzzJob, ta: TargetModule, folder: string, io: Io): Promise<CommandResult> {
  const read = readReproducer(path);
  if (!read.ok) return read;
  if (read.value.uuid !== "" && read.value.uuid !== ta.uuid)
    return err(`${printable(path)} is for another TA, ${printable(read.value.uuid)}`);
  const ended = await replayInput(job, read.value.input);
  if (!ended.ok) return ended;
  if (ended.value === null) {
    io.out.write(shown`The input ends without a finding.\n`);
    return ok(0);
  }
  const judged = judgeFindings([recorded({ finding: ended.value, input: read.value.input }, ta)], []);
  io.out.write(shown`${blocksText(findingBlocks(judged, [folder], createPaint(io.out)))}`);
  return ok(1);
}
