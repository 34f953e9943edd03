// `teemem exec`: runs a client program against a system of its own, and reports what the TAs did.
import { type Command, Option } from "commander";
import type { Suppression } from "../../analyze/findings/suppression.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { BUNDLED } from "../../tee/apps/bundled.ts";
import { type FindingOptions, findingOptions, readSuppressions } from "../findings/finding_options.ts";
import { readRecordings } from "../inputs/read_recording.ts";
import { recordClient } from "../jobs/record_client.ts";
import { exitCode } from "../jobs/run_end.ts";
import { temporaryFolder } from "../jobs/temporary_folder.ts";
import { consoleLines, SHOWN_LINES } from "../outputs/console_errors.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { tellsNoSuchTa } from "../systems/no_such_ta.ts";
import { type NormalWorldOptions, normalWorldOf, normalWorldOptions } from "../systems/normal_world.ts";
import { memcheckOption, type OwnTaOptions, ownTaOption, ownTasOf } from "../systems/own_tas.ts";
import type { SystemOptions } from "../systems/setting.ts";
import { openNamed } from "../systems/sources.ts";
import { storageOf } from "../systems/storage_option.ts";
import { systemOptions } from "../systems/system_options.ts";

const HELP = `
Runs a client program of OP-TEE as it is, as 'valgrind ./client' does: the
program finds a libteec of teemem, and that a system which lives as long as the
program. Its input, output and exit code are its own. The report at the end is
on standard error.

The library is built with the C compiler of this machine at first use, and kept
in the cache. A client for another machine runs in its emulator. docs/client.md
says what the library does.

Examples:
  teemem exec -- ./optee_example_hello_world
  teemem exec --ta my_ta -- ./client
                              with the TAs that 'teemem ta build my_ta' made
  teemem exec --memcheck --ta my_ta -- ./client
                              and say which line of them breaks its memory
                              (docs/memcheck.md)
  teemem exec -o run.arrows -- ./client 1 2 3
                              and keep the recording, for 'teemem report'
  teemem exec --no-report -- ./xtest 4001
  teemem exec -- qemu-aarch64 -L /usr/aarch64-linux-gnu ./client
`;

interface ExecOptions extends SystemOptions, NormalWorldOptions, OwnTaOptions, FindingOptions {
  readonly output?: string;
  readonly force?: boolean;
  readonly cc?: string;
  readonly report: boolean;
  readonly console?: (typeof SHOWN_LINES)[number];
}

/** Options and examples of `teemem exec`. */
export function declare(command: Command): void {
  command
    .argument("<program...>", "after -- the client and its arguments")
    .option("-o, --output <file>", "keep the recording in this file")
    .option("--force", "with -o: overwrite an existing file")
    .option("--cc <compiler>", "the compiler for the client's machine; default: cc, or the usual cross compilers")
    .option("--storage <folder>", "keep persistent objects in this folder; default in memory")
    .option("--no-report", "no report at the end")
    .addOption(
      new Option(
        "--console <lines>",
        "of the secure console show errors, also what TAs print, or all; default: ta with --ta, else errors",
      ).choices(SHOWN_LINES),
    )
    .addHelpText("after", HELP);
  ownTaOption(command);
  memcheckOption(command);
  findingOptions(command);
  normalWorldOptions(command);
  systemOptions(command, "cfg", "optee", "profile");
}

/** Runs the client; its exit code is the command's. */
export async function run(words: readonly string[], options: ExecOptions, io: Io): Promise<CommandResult> {
  if (options.output === "-") return err("a recording is a file; name it with -o");
  const suppressions = readSuppressions(options);
  if (!suppressions.ok) return suppressions;
  const storage = storageOf(options.storage, io);
  if (!storage.ok) return storage;
  const world = await normalWorldOf(options, io);
  if (!world.ok) return world;
  const apps = await ownTasOf(options, BUNDLED, io);
  if (!apps.ok) return apps;
  const source = await openNamed("sim", {
    options: { cfg: options.cfg, optee: options.optee, profile: options.profile },
    env: process.env,
    io,
    console: consoleLines(io, options.console ?? (options.ta === undefined ? "errors" : "ta")),
    surroundings: { apps: apps.value.apps, host: { ...world.value, ...storage.value, ...tellsNoSuchTa(io) } },
    bootsLater: true,
  });
  if (!source.ok) return source;
  using folder = temporaryFolder();
  const path = options.output ?? folder.file("run.arrows");
  const ended = await recordClient(source.value, { words, cc: options.cc, path, force: options.force === true }, io);
  if (!ended.ok) return ended;
  for (const text of ended.value.wrong) io.err.write(shown`teemem: ${printable(text)}\n`);
  const names = new Map([...BUNDLED, ...apps.value.own].map(({ uuid, name }) => [uuid, name]));
  const nameOf = (uuid: string): string | undefined => names.get(uuid);
  const told = await tell(path, options, suppressions.value, { nameOf, own: apps.value.own }, io);
  if (!told.ok) io.err.write(shown`teemem: ${printable(told.error)}\n`);
  const found = told.ok && told.value > 0 ? options.errorExitcode : undefined;
  return ok(found ?? exitCode(ended.value));
}

/** The TAs of a run. */
interface RunTas {
  readonly nameOf: (uuid: string) => string | undefined;
  /** Those of --ta. */
  readonly own: readonly { readonly uuid: string }[];
}

/** Tells what became of the heaps, then the findings, and gives their number; that nothing was checked counts as one. */
async function tell(
  path: string,
  options: ExecOptions,
  suppressions: readonly Suppression[],
  { nameOf, own }: RunTas,
  io: Io,
): Promise<Result<number>> {
  if (!options.report && !checks(options)) return ok(0);
  const recording = await readRecordings([path], io);
  if (!recording.ok) return recording;
  if (options.report) {
    const { reportClient } = await import("./exec_report.ts");
    reportClient(recording.value, nameOf, options.output, io);
  }
  const { findings = [] } = recording.value;
  if (findings.length === 0 && !checks(options)) return ok(0);
  const { judgeFindings, tellFindings, wasCalled } = await import("../findings/tell_findings.ts");
  const judged = judgeFindings(findings, suppressions);
  // A TA that nobody called has nothing to find, which is no all-clear.
  const unchecked = options.ta !== undefined && judged.shown.length === 0 && !wasCalled(recording.value, own);
  const problem = tellFindings({ judged, options, folders: options.ta ?? [], output: io.err, unchecked });
  return problem === null ? ok(judged.shown.length + Number(unchecked)) : err(problem);
}

/** Whether findings are waited for, so that it is said that there are none. */
function checks({
  memcheck,
  memcheckFull,
  errorExitcode,
  format,
  junit,
  sarif,
  summary,
  genSuppressions,
}: ExecOptions): boolean {
  return [memcheck, memcheckFull, errorExitcode, format, junit, sarif, summary, genSuppressions].some(
    (option) => option !== undefined,
  );
}
