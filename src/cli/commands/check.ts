// `teemem check`: holds a recording against budgets.
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { METRICS } from "../../analyze/budget/budget.ts";
import { type Check, checkBudget } from "../../analyze/budget/check.ts";
import type { Judged } from "../../analyze/findings/suppress.ts";
import type { Suppression } from "../../analyze/findings/suppression.ts";
import { joined, type Printable, printable, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import type { Recording } from "../../recording/recording.ts";
import { drawBudget } from "../../view/terminal/budget_table.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { findingsMarkdown } from "../findings/finding_markdown.ts";
import { type FindingFileOptions, readSuppressions, suppressionsOption } from "../findings/finding_options.ts";
import { judgeFindings, tellFindings, wasCalled } from "../findings/tell_findings.ts";
import { readBudget } from "../inputs/budget_input.ts";
import { isThere } from "../inputs/is_there.ts";
import { readRecordings } from "../inputs/read_recording.ts";
import { overwrites } from "../inputs/same_file.ts";
import { readRecorded } from "../jobs/recording_of.ts";
import { temporaryFolder } from "../jobs/temporary_folder.ts";
import { CHECK_SUMMARY, checkMarkdown } from "../outputs/check_markdown.ts";
import { githubAnnotations, junitXml } from "../outputs/check_reports.ts";
import { describedJson } from "../outputs/described_json.ts";
import { junitForm } from "../outputs/junit_text.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { type ReportForm, reportProblem, writeOwnReport } from "../outputs/own_report.ts";
import { createProgress } from "../outputs/progress.ts";
import { writeReadNote } from "../outputs/read_note.ts";
import type { CheckJson } from "../schemas/check.ts";
import { memcheckOption, type OwnTaOptions, type OwnTas, ownTaOption } from "../systems/own_tas.ts";
import type { SourceSetting, SystemOptions } from "../systems/setting.ts";
import { systemOptions } from "../systems/system_options.ts";
import { isChecked } from "../ta/mode_option.ts";
import { createBudget, measureHeaps, updateFile } from "./check_update.ts";

/** Options of `teemem check` as they were given. */
interface Options extends SystemOptions, OwnTaOptions, Pick<FindingFileOptions, "suppressions"> {
  readonly update?: boolean;
  readonly force?: boolean;
  readonly junit?: string;
  readonly summary?: string;
  readonly github?: boolean;
  readonly json?: boolean;
}

const JUNIT = junitForm("check");

const EXAMPLES = `
A budget is YAML or JSON; docs/budgets.md describes every key:

  heaps:
    core:
      peak: 90 %   # of the pool, or 60k
      fragmentation: 85 %
      failures: 0
      blocks: 60   # never freed
      leaks:
        core/mm/mobj.c: 1k # a file
        others: 20k   # each other site
    ta-*:   # every TA, or a UUID
      peak: 75 %
  total:
    peak: 200k   # all heaps together

Limits: ${METRICS.map(({ metric }) => metric).join(", ")}.
Exit code 1: a limit is broken, or could not be checked. GitHub annotations are
printed automatically in GitHub Actions.

Examples:
  teemem check --update budget.yaml demo:core
                              creates it
  teemem check budget.yaml demo:core
  teemem check budget.yaml run.arrows --junit results.xml
  teemem check budget.yaml run.arrows --summary budgets.md
  teemem check --update budget.yaml run.arrows
                          new limits, with a diff of what that changed
  teemem check budget.yaml --ta my_ta -- ./client
                          runs a client with TAs in C, and checks that;
                          with --memcheck it also fails where they do
                          something wrong with memory
`;

/** Arguments, options and examples of `teemem check`. */
export function declare(command: Command): void {
  command
    .argument("<BUDGET>", "memory budgets in YAML or JSON")
    .argument("[FILE...]", "a recording, or several files that make one; default: the budget's own 'recordings'")
    .option("--update", "write the measured values into the budget; creates it if it does not exist")
    .option("--force", "with --update: allow as many failed requests as there were, too")
    .option("--junit <file>", "also write JUnit XML; overwrites only an older report")
    .option(
      "--summary <file>",
      "also write a Markdown table, for a job's summary or a comment; overwrites only an older one",
    )
    .option("--github", "also print GitHub annotations; default if GITHUB_ACTIONS is set")
    .option("--json", "print the checks as JSON: see 'teemem schema check'")
    .addHelpText("after", EXAMPLES);
  ownTaOption(command);
  memcheckOption(command);
  suppressionsOption(command);
  systemOptions(command, "on", "taStats", "leakHeaders");
}

/** Holds a recording against budgets; with --ta that of a client program, which is run first. */
export async function run([path = "", ...files]: readonly string[], options: Options, io: Io): Promise<CommandResult> {
  if (options.ta === undefined) {
    const lost = isChecked(options) ? "--memcheck runs a client: add --ta FOLDER, and -- and the client" : null;
    return lost === null ? check({ path, files, own: null, more: "" }, options, io) : err(lost);
  }
  if (files.length === 0 || options.on !== undefined)
    return err("--ta needs a client program: add -- and the program, and leave out --on");
  using folder = temporaryFolder();
  const file = folder.file("run.arrows");
  // Only a client that is recorded needs Arrow.
  const { recordedClient } = await import("../jobs/recorded_client.ts");
  // The other files that it is given are reports of budgets, not of findings.
  const suppressions = readSuppressions(
    options.suppressions === undefined ? {} : { suppressions: options.suppressions },
  );
  if (!suppressions.ok) return suppressions;
  const recorded = await recordedClient(files, options, file, io);
  // They may be why the client did not end well.
  const subject = { folders: options.ta, own: recorded.ok ? recorded.value : null };
  const told = isChecked(options) ? await tellFound(file, subject, suppressions.value, io) : null;
  if (!recorded.ok) return recorded;
  const found = told?.judged ?? null;
  const more = found === null ? "" : `\n${findingsMarkdown(found)}`;
  const checked = await check({ path, files: [file], own: recorded.value, more }, options, io);
  return checked.ok && told !== null && (told.unchecked || told.judged.shown.length > 0) ? ok(1) : checked;
}

/** What was checked: folders of TAs, and the TAs in them where that is known. */
interface CheckedTas {
  readonly folders: readonly string[];
  readonly own: OwnTas["own"] | null;
}

/** Tells what memcheck found in a recording, and gives it; null where there is no recording. */
async function tellFound(
  file: string,
  { folders, own }: CheckedTas,
  suppressions: readonly Suppression[],
  io: Io,
): Promise<{ readonly judged: Judged; readonly unchecked: boolean } | null> {
  const recording = (await isThere(file)) ? await readRecordings([file], io) : err("");
  if (!recording.ok) return null;
  const judged = judgeFindings(recording.value.findings ?? [], suppressions);
  const unchecked = own !== null && judged.shown.length === 0 && !wasCalled(recording.value, own);
  tellFindings({ judged, options: {}, folders, output: io.err, unchecked });
  return { judged, unchecked };
}

/** What is checked. */
interface Checked {
  /** The budget. */
  readonly path: string;
  readonly files: readonly string[];
  /** The TAs that a new budget is for; null for all heaps. */
  readonly own: OwnTas["own"] | null;
  /** What follows the table in the summary. */
  readonly more: string;
}

/** Checks files, or makes or updates the budget. */
async function check({ path, files, own, more }: Checked, options: Options, io: Io): Promise<CommandResult> {
  if (path === "-" && options.update === true) return err("--update writes into the budget: name its file");
  if (options.force === true && options.update !== true) return err("--force goes with --update");
  if (path === "-" && files.includes("-")) return err("standard input can be read only once");
  const setting: SourceSetting = { options, env: process.env, io };
  if (options.update === true && !(await isThere(path))) {
    const heaps = own === null ? null : new Set(own.map(({ uuid }) => `ta-${uuid}`));
    return createBudget({ path, files, setting, heaps, force: options.force === true }, io);
  }
  const budget = await readBudget(path, io);
  if (!budget.ok) return budget;
  const listed = budget.value.recordings.map((file) => join(dirname(path), file));
  const paths = files.length > 0 || options.on !== undefined ? files : listed;
  const reports = reportsOf(options);
  const lost = reports
    .map(({ file, form }) => overwrites(file, [path, ...paths]) ?? reportProblem(file, form))
    .find((problem) => problem !== null);
  if (lost !== undefined) return err(lost);
  if (options.update === true && reports.length > 0)
    return err("--update writes the budget alone: leave out --junit and --summary");
  const none = `name a recording after ${printable(path)}, or list 'recordings' in it`;
  const recording = await readRecorded(paths, setting, none, io);
  if (!recording.ok) return recording.error;
  const progress = createProgress(io.err, io.clock);
  const checks = checkBudget(budget.value, measureHeaps(recording.value, progress));
  progress.clear();
  if (options.update === true)
    return updateFile({ path, old: budget.value.text, force: options.force === true }, checks, io);
  for (const { file, form, textOf } of reports) {
    const problem = writeOwnReport(file, textOf(checks, path, more), form);
    if (problem !== null) return err(problem);
  }
  if (options.json === true) io.out.writeData(checksJson(path, recording.value, checks));
  else {
    writeReadNote(recording.value.read, io.out);
    io.out.write(shown`${joined(drawBudget(checks, path, createPaint(io.out)), "\n")}\n`);
  }
  const annotate = options.github ?? process.env.GITHUB_ACTIONS === "true";
  if (annotate) (options.json === true ? io.err : io.out).write(githubAnnotations(checks, path));
  return ok(checks.every(({ status }) => status === "ok") ? 0 : 1);
}

/** A file that was asked for. */
interface Report {
  readonly file: string;
  readonly form: ReportForm;
  textOf(checks: readonly Check[], path: string, more: string): string;
}

function reportsOf({ junit, summary }: Options): Report[] {
  return [
    ...(junit === undefined ? [] : [{ file: junit, form: JUNIT, textOf: junitXml }]),
    ...(summary === undefined ? [] : [{ file: summary, form: CHECK_SUMMARY, textOf: summaryOf }]),
  ];
}

function summaryOf(checks: readonly Check[], path: string, more: string): string {
  return `${checkMarkdown(checks, path)}${more}`;
}

function checksJson(path: string, { origin, version, read }: Recording, checks: readonly Check[]): Printable {
  const rows = checks.map(({ line, heap, status, measured, over, where }) => {
    const { metric, site, limit } = line;
    return { heap, metric, site, line: line.line, unit: limit.unit, limit: limit.value, measured, over, status, where };
  });
  const broken = checks.filter(({ status }) => status !== "ok").length;
  return describedJson<CheckJson>()({ budget: path, recording: origin, version, read, broken, checks: rows });
}
