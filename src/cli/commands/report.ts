// `teemem report`: what became of each heap of a recording.
import { type Command, InvalidArgumentError, Option } from "commander";
import { type ConsoleReport, consoleReport } from "../../analyze/console_report.ts";
import { GROUPING_NAMES, type Grouping } from "../../analyze/ranges/block_owner.ts";
import type { TimeRange } from "../../analyze/ranges/time_range.ts";
import { findingsOf } from "../../analyze/report/advice.ts";
import type { HeapFinding } from "../../analyze/report/finding.ts";
import { type HeapReport, heapReport } from "../../analyze/report/heap_report.ts";
import { rowRange } from "../../analyze/row_range.ts";
import { clip, type Printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { type ConsoleContent, readConsole } from "../../recording/console_content.ts";
import { withConsoleLists } from "../../recording/console_lists.ts";
import type { RecordedFinding } from "../../recording/finding_rows.ts";
import type { Recording } from "../../recording/recording.ts";
import { drawConsole } from "../../view/terminal/console_view.ts";
import { drawHeapReport } from "../../view/terminal/heap_report_view.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { drawOverview } from "../../view/terminal/report_overview.ts";
import { findingsJson } from "../findings/finding_json.ts";
import { type FindingFileOptions, findingFileOptions, readSuppressions } from "../findings/finding_options.ts";
import { findingBlocks, judgeFindings, writeFindings } from "../findings/tell_findings.ts";
import { parseTimeRange } from "../inputs/time_range.ts";
import { readRecorded } from "../jobs/recording_of.ts";
import { blocksText } from "../outputs/blocks_text.ts";
import { suggestOrList } from "../outputs/nearest.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { createProgress } from "../outputs/progress.ts";
import { writeReadNote } from "../outputs/read_note.ts";
import { commandWords, heapsWithEvents, matchesHeap, noSuchHeap } from "../systems/heap_name.ts";
import type { SystemOptions } from "../systems/setting.ts";
import { systemOptions } from "../systems/system_options.ts";
import { callReports, drawCallReports } from "./report_calls.ts";
import { counterReport, drawCounterReports } from "./report_counters.ts";
import { reportJson } from "./report_json.ts";
import { drawListReport, listReports } from "./report_lists.ts";
import { drawRanges, type RangeQuestion, rangeJson, reportsOfRange } from "./report_range.ts";

const EXAMPLES = `
FILE is a recording of 'teemem record', or one or several heap traces of a
running OP-TEE, gzipped or not; - is standard input. With several heaps, those
with trouble (a request failed, a TA ended with blocks that were not freed) and
the heap of a single TA are shown in full, the others in one line each. --heap
NAME shows one, --heap all shows every one. --on reads another source; of a
running system it reports the current counters.

Of counters alone (output of a board's 'xtest --stats', once or in a loop) it reports the
peak, what failed, and how the bytes in use change from report to report.

Sizes are in bytes with block headers, as OP-TEE counts them. The state at a
failed request comes from a replay of OP-TEE's allocator up to that operation,
address by address. Exit code 0: a failed request is a finding, not an error.

Examples:
  teemem report demo:core
                          peak, holders, failures, churn, leaks
  teemem report --mark pkcs11-1007 demo:core
                          the same for one test
  teemem report demo:all
                          all heaps of a system
  teemem report --range 0..529.232 --by file demo:core
                          who held what in these seconds
  teemem report --log console.log --stats xtest.out
                          texts of one run, as 'teemem doctor' takes them
  teemem report --json demo:core | jq '.heaps[0].failures'
  teemem report run.arrows --html run.html
                          all of it in one file that a browser opens: for a
                          mail, a bug report, a result of CI
`;

/** Options of `teemem report` as they were given. */
interface Options extends SystemOptions, FindingFileOptions {
  readonly heap?: string;
  readonly mark?: string;
  readonly log?: string;
  readonly stats?: string;
  readonly range?: TimeRange;
  readonly against?: TimeRange;
  readonly by: Grouping;
  readonly top: number;
  readonly json?: boolean;
  readonly html?: string;
  readonly force?: boolean;
}

/** Heaps shown in full without being asked for. */
const FEW = 1;

/** Columns beside a timeline. */
const BESIDE_CHART = 12;

/** Where the sources are looked for that findings name. */
const HERE = ["."];

const MORE = "--heap NAME shows one, --heap all shows all.";

/** Arguments, options and examples of `teemem report`. */
export function declare(command: Command): void {
  command
    .argument("[FILE...]", "a recording, or several files that form one; - reads standard input")
    .option(
      "--heap <name>",
      "only this heap: core, ldelf, a TA's name, or the beginning of its UUID; all: each in full",
    )
    .option("--mark <mark>", "only the events of this mark (test or command)")
    .addOption(
      new Option("--range <from..to>", "who held the memory in this stretch of time, in seconds: 0..529.232, 10..")
        .argParser(readRange)
        .conflicts("mark"),
    )
    .option("--against <from..to>", "with --range: what differs from this other stretch", readRange)
    .addOption(
      new Option("--by <what>", "with --range: the rows of its tables").choices(GROUPING_NAMES).default("site"),
    )
    .option("--log <file>", "log of the secure console, read with the files")
    .option("--stats <file>", "output of the board's 'xtest --stats', read with the files")
    .option("--top <n>", "number of rows in each table", readCount, 8)
    .option("--json", "print all figures as JSON: see 'teemem schema report'")
    .addOption(
      new Option(
        "--html <file>",
        "write the page of 'teemem serve' into one file, with the recording inside",
      ).conflicts(["heap", "mark", "range", "json"]),
    )
    .option("--force", "with --html: replace an existing file")
    .addHelpText("after", EXAMPLES);
  findingFileOptions(command);
  systemOptions(command, "on", "taStats", "leakHeaders");
}

/** What became of each heap of a recording. */
export async function run(files: readonly string[], options: Options, io: Io): Promise<CommandResult> {
  if (options.against !== undefined && options.range === undefined)
    return err("--against needs --range, which it is compared with");
  const given = [...files, ...[options.log, options.stats].filter((path) => path !== undefined)];
  const paths = [...new Set(given)];
  if (given.filter((path) => path === "-").length > 1) return err("standard input can be read only once");
  const missing = "missing required argument 'FILE'; see 'teemem help report'";
  const read = () => readRecorded(paths, { options, env: process.env, io }, missing, io);
  if (options.html !== undefined) {
    const { writeReport } = await import("../jobs/report_html.ts");
    return writeReport(paths, { ...options, html: options.html }, read, io);
  }
  const suppressions = readSuppressions(options);
  if (!suppressions.ok) return suppressions;
  const recording = await read();
  if (!recording.ok) return recording.error;
  if (options.range !== undefined) return reportRange(recording.value, { ...options, range: options.range }, io);
  const reports = reportAll(recording.value, options, io);
  if (!reports.ok) return reports;
  const found = reports.value.map((report) => ({
    report,
    // Data name no commands of a place.
    findings: findingsOf(report, options.json === true ? "" : commandWords(paths, report.heap)),
  }));
  const counters = options.mark === undefined ? counterReport(recording.value, options.heap) : [];
  const content = recording.value.console && readConsole(recording.value.console);
  const listed = content === undefined ? recording.value : withConsoleLists(recording.value, content);
  const lists = options.mark === undefined ? listReports(listed, options.heap) : [];
  const calls = options.mark === undefined ? callReports(recording.value, options.heap) : [];
  const judged = judgeFindings(findingsIn(recording.value, options), suppressions.value);
  const noted = judged.shown.length + judged.suppressed.length > 0;
  const console = options.heap === undefined ? consoleOf(recording.value, content, options.mark) : undefined;
  if (found.length + counters.length + lists.length + calls.length === 0 && console === undefined && !noted)
    return err(noSuchHeap(recording.value, options.heap));
  const problem = writeFindings(judged, options, HERE, io.err);
  if (problem !== null) return err(problem);
  if (options.json) {
    const findings = noted ? findingsJson(judged) : undefined;
    io.out.writeData(reportJson(recording.value, found, counters, lists, calls, console, findings));
    return ok(0);
  }
  writeReadNote(recording.value.read, io.out);
  const paint = createPaint(io.out);
  const blocks: Printable[][] = [];
  if (found.length > FEW) blocks.push(drawOverview(reports.value, paint));
  const tas = found.filter(({ report }) => report.heap.startsWith("ta-"));
  const isFull = (one: (typeof found)[number]): boolean =>
    options.heap !== undefined ||
    found.length <= FEW ||
    isTrouble(one.findings) ||
    (tas.length === 1 && one === tas[0]);
  const full = found.filter(isFull);
  for (const { report, findings } of full) blocks.push(drawHeapReport(report, findings, paint, options.top));
  if (full.length < found.length)
    blocks.push([paint.dim(`${full.length === 0 ? "The" : "The other"} heaps had no trouble; ${MORE}`)]);
  if (counters.length > 0) blocks.push(drawCounterReports(counters, paint));
  blocks.push(...drawCallReports(calls, paint));
  if (console !== undefined) blocks.push(drawConsole(console, paint, options.top));
  for (const list of lists) blocks.push(drawListReport(list, paint, options.top, listFiles(recording.value, paths)));
  if (noted) blocks.push(...findingBlocks(judged, HERE, paint));
  io.out.write(blocksText(blocks));
  return ok(0);
}

/** The texts with leak lists; what was given, where lists came from no text. */
function listFiles({ read = [] }: Recording, paths: readonly string[]): readonly string[] {
  const texts = read.filter(({ leakLists }) => leakLists > 0).map(({ name }) => name);
  return texts.length > 0 ? texts : paths;
}

/** The findings that are asked for. */
function findingsIn({ findings = [] }: Recording, { heap, mark }: Options): readonly RecordedFinding[] {
  return mark === undefined ? findings.filter(({ uuid }) => matchesHeap(`ta-${uuid}`, heap)) : [];
}

function reportRange(recording: Recording, options: RangeQuestion & Pick<Options, "json">, io: Io): CommandResult {
  const reports = reportsOfRange(recording, options);
  if (!reports.ok) return reports;
  if (options.json) io.out.writeData(rangeJson(recording, options, reports.value));
  else {
    writeReadNote(recording.read, io.out);
    io.out.write(blocksText(drawRanges(reports.value, options, createPaint(io.out))));
  }
  return ok(0);
}

function reportAll(recording: Recording, options: Options, io: Io): Result<HeapReport[]> {
  const progress = createProgress(io.err, io.clock);
  const reports: HeapReport[] = [];
  let problem = "";
  for (const { trace, entries } of heapsWithEvents(recording, options.heap)) {
    const range = rowRange(trace, options.mark);
    if (!range.ok) {
      problem ||= `${range.error}${suggestOrList(
        options.mark ?? "",
        trace.marks.map(({ name }) => name),
      )}`;
      continue;
    }
    const report = heapReport(trace, {
      range: range.value,
      ...(options.mark === undefined ? {} : { mark: options.mark }),
      entries,
      // Data do not depend on a terminal.
      ...(options.json === true ? {} : { width: io.out.width - BESIDE_CHART }),
      onProgress: (rows) => progress.show(`${trace.context}: replaying`, rows, trace.length),
    });
    if (report) reports.push(report);
  }
  progress.clear();
  if (reports.length > 0 || options.mark === undefined) return ok(reports);
  return err(problem || `no heap of this recording was used in mark '${clip(options.mark)}'`);
}

/** What the console told; of heaps whose every operation is known, only trouble and lists are of interest. */
function consoleOf(
  { traces }: Recording,
  content: ConsoleContent | undefined,
  mark: string | undefined,
): ConsoleReport | undefined {
  const report = content && consoleReport(content, mark);
  return report !== undefined && (report.events.length > 0 || traces.length === 0) ? report : undefined;
}

function isTrouble(findings: readonly HeapFinding[]): boolean {
  return findings.some(({ level }) => level !== "note");
}

function readRange(text: string): TimeRange {
  const range = parseTimeRange(text);
  if (!range.ok) throw new InvalidArgumentError(range.error);
  return range.value;
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError("Expected a number of rows, 1 or more.");
  return count;
}
