// `teemem size`: finds the smallest pools.
import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { HeapSizeOptions, RoughSize } from "../../analyze/size/claims.ts";
import { type HeapRunner, type HeapSize, heapSize } from "../../analyze/size/heap_size.ts";
import type { Margin } from "../../analyze/size/pool_margin.ts";
import { planTrials } from "../../analyze/size/pool_trial.ts";
import { counted, grouped } from "../../base/format.ts";
import { clip, printable, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import { NO_POOL, tracesOfOperations } from "../../recording/list_row.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { drawSizeOverview } from "../../view/terminal/size_overview.ts";
import { drawHeapSize } from "../../view/terminal/size_view.ts";
import { wrap, wrapLines } from "../../view/terminal/wrap.ts";
import { readBuild } from "../inputs/build_input.ts";
import { parseSize } from "../inputs/numbers.ts";
import { readRecordings } from "../inputs/read_recording.ts";
import { type FirstTrial, trialEstimate } from "../jobs/trial_estimate.ts";
import { createTrialPool } from "../jobs/trial_pool.ts";
import { blocksText } from "../outputs/blocks_text.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { createProgress } from "../outputs/progress.ts";
import { writeReadNote } from "../outputs/read_note.ts";
import { matchesHeap, noSuchHeap } from "../systems/heap_name.ts";
import { interruptible } from "../systems/signals.ts";
import { counterReport, drawCounterReports } from "./report_counters.ts";
import { sizeJson } from "./size_json.ts";
import { marginText, sizeNotes, UNRECORDED } from "./size_notes.ts";

const EXAMPLES = `
Finds the smallest pool in which everything still works: it replays a recording
in OP-TEE's own allocator with pools of many sizes, with first and best fit. If
a heap has several instances (a TA that is loaded again and again), each gets
the same pool, and the worst one counts. A larger pool can fail where a smaller
one works. So the answer is the smallest size from which every larger size that
was tried works; the output lists the sizes that were tried.

If a recording has counters but no events (output of a board's 'xtest --stats'), two rules
give an estimate: the maximum, and the biggest failure plus the bytes in use at
that moment. The value to set is the least that may do, for counters do not show
how the free memory lies. A heap that grows from report to report has none.

Examples:
  teemem size demo:core
                          CFG_CORE_HEAP_SIZE, and the need of each test
  teemem size --margin 20% demo:core
                          with 20 % added
  teemem size --heap cb3e5ba0 --margin 2k demo:all
                          TA_DATA_SIZE of one TA
`;

/** Largest margin in percent. */
const MOST = 1000;

/** Options of `teemem size` as they were given. */
interface Options {
  readonly heap?: string;
  readonly margin: Margin;
  readonly log?: string;
  readonly tests?: boolean;
  readonly variants: boolean;
  readonly window: number;
  readonly workers?: number;
  readonly json?: boolean;
}

/** Arguments, options and examples of `teemem size`. */
export function declare(command: Command): void {
  command
    .argument("<FILE...>", "a recording, or several files that form one; - reads standard input")
    .option("--heap <name>", "only this heap: core, ldelf, a TA's name, or the beginning of its UUID")
    .addOption(
      new Option("--margin <margin>", "bytes to add to the smallest size, like 20% or 4k")
        .argParser(readMargin)
        .default({ percent: 10 }, "10%"),
    )
    .option("--log <file>", "a boot log or conf.mk: says what must be raised with the value")
    .option("--tests", "also size each test (mark) alone; default if there is one heap")
    .option("--no-tests", "do not size each test")
    .option("--no-variants", "do not try the other word size and leak headers")
    .option("--window <quanta>", "try every size up to this many quanta above the answer", readWindow, 32)
    .option("--workers <n>", "worker threads; default: one for each processor", readWorkers)
    .option("--json", "print all figures as JSON: see 'teemem schema size'")
    .addHelpText("after", EXAMPLES);
}

/** Each test is looked at in each pool that is tried. */
const MOST_TESTS = 4096;

/** Sizes each heap of a recording. */
export async function run(paths: readonly string[], options: Options, io: Io): Promise<CommandResult> {
  const recording = await readRecordings(paths, io);
  if (!recording.ok) return recording;
  if (options.log === "-" && paths.includes("-")) return err("standard input can be read only once");
  const build = await readBuild(options.log, io);
  if (!build.ok) return build;
  const { traces } = recording.value;
  const named = traces.filter(({ context }) => matchesHeap(context, options.heap));
  const chosen = tracesOfOperations(named);
  const counters = counterReport(recording.value, options.heap, options.margin, build.value);
  const lists = named.filter((trace) => !chosen.includes(trace)).map(({ context }) => context);
  if (chosen.length + counters.length === 0)
    return err(lists.length > 0 ? `${lists.join(", ")}: ${NO_POOL}` : noSuchHeap(recording.value, options.heap));
  const full = options.heap !== undefined || chosen.length < 2 || options.json === true;
  const wanted = { tests: options.tests ?? chosen.length === 1, variants: options.variants && full };
  const many = wanted.tests ? chosen.find(({ marks }) => marks.length > MOST_TESTS) : undefined;
  if (many !== undefined)
    return err(`${clip(many.context)} has ${many.marks.length} tests, more than ${MOST_TESTS}; add --no-tests`);
  const sizes: HeapSize[] = [];
  const stopped = await interruptible(async (signal) => {
    for (const trace of chosen) {
      const size = await sizeOf(trace, { ...options, ...wanted }, io, signal);
      if (size === null) return true;
      sizes.push(size);
    }
    return false;
  });
  if (stopped && sizes.length === 0) return ok(1);
  if (options.json) {
    io.out.writeData(sizeJson(recording.value, chosen, sizes, options.margin, counters));
    return ok(stopped ? 1 : 0);
  }
  writeReadNote(recording.value.read, io.out);
  const paint = createPaint(io.out);
  const blocks = full
    ? sizes.map((size, i) =>
        drawHeapSize(
          size,
          sizeNotes(size, chosen[i] as RecordedTrace, options.margin, recording.value, build.value),
          paint,
        ),
      )
    : [
        [
          ...drawSizeOverview(sizes, options.margin, paint),
          paint.dim(
            shown`With a margin of ${printable(marginText(options.margin))}; --heap NAME shows one in full, --heap all each.`,
          ),
          ...(sizes.some(({ curable }) => curable > 0) ? wrapLines(UNRECORDED, paint) : []),
        ],
      ];
  if (counters.length > 0) blocks.push(drawCounterReports(counters, paint));
  if (lists.length > 0) blocks.push([wrap(`${lists.join(", ")}: ${NO_POOL}.`, paint)]);
  io.out.write(blocksText(blocks));
  return ok(stopped ? 1 : 0);
}

/** Sizes one heap; null where the signal ended it, of which the last that was known is said. */
async function sizeOf(
  trace: RecordedTrace,
  { tests, variants, window, workers }: HeapSizeOptions & Pick<Options, "workers">,
  io: Io,
  signal: AbortSignal,
): Promise<HeapSize | null> {
  const progress = createProgress(io.err, io.clock);
  let done = 0;
  let isLong = false;
  // How many replays it will take shows only at the end; more than so many are rare.
  let expected = tests ? 2000 : 800;
  const plan = planTrials(trace);
  const many = workers ?? availableParallelism();
  const start = io.clock();
  const pool = createTrialPool(trace, plan, many, () => {
    done++;
    if (done === 1)
      isLong = sayEstimate(trace.context, { took: io.clock() - start, replays: expected, workers: many }, io.err);
    if (done > 0.9 * expected) expected *= 1.5;
    progress.show(`${trace.context}: ${done} of at most ${expected} replays,`, done, expected);
  });
  let rough: readonly RoughSize[] = [];
  const stop = aborted(signal);
  const run: HeapRunner = (...job) => Promise.race([stop, pool.run(...job)]);
  try {
    return await heapSize(trace, plan, run, {
      tests,
      variants,
      window,
      onRough: (found) => {
        rough = found;
        if (isLong) say(trace.context, `roughly ${between(found)}; the exact sizes follow`, io.err);
      },
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    progress.clear();
    const known = rough.length === 0 ? "no size is known yet" : `the smallest pool has roughly ${between(rough)}`;
    say(trace.context, `interrupted after ${counted(done, "replay")}: ${known}`, io.err);
    return null;
  } finally {
    await pool.close();
    progress.clear();
  }
}

/** Says how long it will take, before most of it is done; true if it will be long. */
function sayEstimate(heap: string, first: FirstTrial, out: Io["err"]): boolean {
  const text = trialEstimate(first, out.isTerminal);
  if (text === null) return false;
  say(heap, text, out);
  return true;
}

/** Rejects when the signal comes. */
function aborted(signal: AbortSignal): Promise<never> {
  const promise = new Promise<never>((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
  );
  promise.catch(() => {});
  return promise;
}

/** Between which sizes the answers lie, after some dozens of replays. */
function between(rough: readonly RoughSize[]): string {
  const ranges = rough.map(({ fit, fails, works }) => {
    if (works === null) return `more than ${grouped(fails ?? 0)} bytes with ${fit} fit`;
    return `${fails === null ? "at most" : `${grouped(fails)} to`} ${grouped(works)} bytes with ${fit} fit`;
  });
  return ranges.join(", ");
}

function say(heap: string, text: string, out: Io["err"]): void {
  out.write(shown`teemem: ${printable(heap)}: ${printable(text)}\n`);
  out.flush().catch(() => {});
}

function readMargin(text: string): Margin {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text);
  if (percent && Number(percent[1]) <= MOST) return { percent: Number(percent[1]) };
  if (percent) throw new InvalidArgumentError(`Expected at most ${MOST}%.`);
  const size = parseSize(text);
  if (!size.ok) throw new InvalidArgumentError("Expected a share like 20% or a number of bytes like 4096 or 4k.");
  return { bytes: size.value };
}

function readWindow(text: string): number {
  return readWhole(text, 0, 65536);
}

function readWorkers(text: string): number {
  return readWhole(text, 1, 256);
}

function readWhole(text: string, least: number, most: number): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= least && count <= most) return count;
  throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
}
