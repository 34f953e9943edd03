// `teemem leaks FILE…`: snapshots of live blocks, listed, compared or followed.
import { groupFindings } from "../../analyze/findings/finding_group.ts";
import { type LeakSnapshot, totalOf } from "../../analyze/leak/snapshot.ts";
import { counted, grouped } from "../../base/format.ts";
import { joined, type Printable, printable, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import type { RecordedFinding } from "../../recording/finding_rows.ts";
import type { TextSummary } from "../../recording/text_summary.ts";
import { createPaint, type Paint } from "../../view/terminal/paint.ts";
import { BLANK, wrap } from "../../view/terminal/wrap.ts";
import { writeNotes } from "../findings/note_sarif.ts";
import { findingBlocks, judgeFindings } from "../findings/tell_findings.ts";
import { type LeakMoments, readSnapshots } from "../inputs/leak_inputs.ts";
import { blocksText } from "../outputs/blocks_text.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { LeakAnswer } from "../outputs/leak_answer.ts";
import { leakAnswer } from "../outputs/leak_answers.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { writeReadNote } from "../outputs/read_note.ts";
import type { LeaksJson } from "../schemas/leaks.ts";
import { matchesHeap, noHeapIn } from "../systems/heap_name.ts";
import { resolveSites } from "./leak_addresses.ts";
import { leaksOfCounters } from "./leaks_counters.ts";

/** Options of `teemem leaks` for files. */
export interface LeakFileOptions extends LeakMoments {
  /** Only this heap, as `matchesHeap` takes it. */
  readonly heap?: string;
  readonly elf?: string;
  readonly load?: string;
  readonly json?: boolean;
  readonly console?: boolean;
  /** A file for SARIF. */
  readonly sarif?: string;
}

/** What is known beside the snapshots. */
interface SnapshotOrigin {
  readonly read?: readonly TextSummary[];
  /** What checkers noticed. */
  readonly findings?: readonly RecordedFinding[];
  /** The file that they come from. */
  readonly file?: string;
}

const FIRST_FEW = 3;

/** Lists, compares or follows the snapshots in some files. Exit code 1 where something grew, 2 where that cannot be told. */
export async function leaksOfFiles(paths: readonly string[], options: LeakFileOptions, io: Io): Promise<CommandResult> {
  const wrong = wrongOptions(options);
  if (wrong !== null) return err(wrong);
  const read = await readSnapshots(paths, options, io);
  if (!read.ok) return read;
  const { snapshots, samples, read: texts, findings } = read.value;
  if (options.json !== true) writeReadNote(texts, io.out);
  if (samples.length > 0 && options.sarif !== undefined)
    return err("these files have counters alone, which name no call site: leave out --sarif");
  if (samples.length > 0) return leaksOfCounters(samples, options, io, texts);
  const lost = lostBlocks(findings, options);
  const origin = { read: texts, findings: lost, file: paths[0] ?? "" };
  const found = await leaksOfSnapshots(snapshots, options, io, origin);
  if (options.json !== true) tellLost(lost, io);
  const heaps = snapshots.map(({ heap }) => heap);
  const apart = paths.length > 1 && heaps.length > 1 && new Set(heaps).size === heaps.length;
  if (!found.ok || !apart || options.heap !== undefined) return found;
  return err(`these are lists of different heaps, ${heaps.join(" and ")}: they cannot be compared`);
}

/** What memcheck found to be lost, or to grow: it also looks at who can still reach a block. */
function lostBlocks(findings: readonly RecordedFinding[], { heap }: LeakFileOptions): RecordedFinding[] {
  return findings.filter(
    ({ uuid, finding: { kind } }) => (kind === "leak" || kind === "growth") && matchesHeap(`ta-${uuid}`, heap),
  );
}

function tellLost(lost: readonly RecordedFinding[], { out }: Io): void {
  if (lost.length === 0) return;
  out.write(shown`\n${blocksText(findingBlocks(judgeFindings(lost, []), HERE, createPaint(out)))}`);
}

const HERE = ["."];

/** Options that do not fit together, or null. */
function wrongOptions(options: LeakFileOptions): string | null {
  if (options.console === true) return "--console is for workloads; files are shown as tables, or as data with --json";
  return options.load !== undefined && options.elf === undefined ? "--load needs --elf" : null;
}

/** The same for snapshots, wherever they come from. */
export async function leaksOfSnapshots(
  snapshots: readonly LeakSnapshot[],
  options: LeakFileOptions,
  io: Io,
  { read = [], findings = [], file = "" }: SnapshotOrigin = {},
): Promise<CommandResult> {
  const wrong = wrongOptions(options);
  if (wrong !== null) return err(wrong);
  const named =
    options.elf === undefined ? ok(snapshots) : await resolveSites(snapshots, options.elf, options.load, io);
  if (!named.ok) return named;
  const heaps = [...new Set(named.value.map(({ heap }) => heap))];
  const chosen = heaps.filter((heap) => matchesHeap(heap, options.heap));
  if (options.heap !== undefined && chosen.length === 0) return err(noHeapIn("these files", options.heap, heaps));
  const paint = createPaint(io.out);
  const told: ReturnType<typeof asData>[] = [];
  const drawn: { readonly rank: number; readonly lines: readonly Printable[] }[] = [];
  const answers: (Pick<LeakAnswer, "grew" | "kind" | "leaks"> & { readonly heap: string; readonly ended: boolean })[] =
    [];
  for (const heap of chosen) {
    const ofHeap = named.value.filter((one) => one.heap === heap);
    const answer = leakAnswer(ofHeap);
    const { kind, text, grew, leaks, leftOut } = answer;
    answers.push({ heap, grew, kind, leaks, ended: ofHeap.some(({ ended }) => ended === true) });
    if (options.json === true) told.push(asData(heap, ofHeap, answer, read));
    else {
      drawn.push({ rank: rankOf(heap, grew), lines: [...titles(heap, ofHeap, leftOut, paint), ...text(paint)] });
    }
  }
  for (const { lines } of drawn.sort((a, b) => a.rank - b.rank)) io.out.write(shown`${joined(lines, "\n")}\n`);
  if (options.json === true) io.out.writeData(describedJson<LeaksJson>()(told, 2));
  if (options.sarif !== undefined) {
    // One list is no all-clear.
    if (answers.every(({ kind, ended }) => kind === "snapshot" && !ended) && findings.length === 0)
      return err("one list of live blocks tells no leak: give two or more for --sarif");
    // A checker knows better what is lost: not all that is left is.
    const judged = new Set(findings.map(({ uuid }) => `ta-${uuid}`));
    const notes = answers
      .filter(({ heap }) => !judged.has(heap))
      .flatMap(({ heap, leaks }) => leaks.map((leak) => ({ ...leak, heap })));
    const { sarif } = options;
    const problem = writeNotes({
      sarif,
      command: "leaks",
      notes,
      findings: groupFindings(findings),
      folders: HERE,
      file,
    });
    if (problem !== null) return err(problem);
  }
  if (answers.some(({ grew }) => grew === "yes")) return ok(1);
  const open = answers.filter(({ grew }) => grew === "unknown").map(({ heap }) => heap);
  return open.length === 0 ? ok(0) : err(`${open.join(", ")}: these lists do not tell whether anything grew`);
}

/** What leaks comes first, a TA's before the core's; the others keep their order. */
function rankOf(heap: string, grew: LeakAnswer["grew"]): number {
  return (grew === "yes" ? 0 : 2) + (heap.startsWith("ta-") ? 0 : 1);
}

function titles(heap: string, snapshots: readonly LeakSnapshot[], leftOut: number, paint: Paint): Printable[] {
  const few = snapshots.length > FIRST_FEW + 2 ? [...snapshots.slice(0, 1), ...snapshots.slice(-1)] : snapshots;
  const lines = few.map((snapshot) => {
    const { blocks, bytes } = totalOf(snapshot);
    const doubt =
      snapshot.uncertain === 0 ? "" : shown`; ${counted(snapshot.uncertain, "block")} not sure, damaged in the log`;
    const cut = snapshot.cut === true ? CUT : "";
    return shown`  ${printable(snapshot.name)}: ${counted(blocks, "block")}, ${grouped(bytes)} bytes asked for${doubt}${cut}`;
  });
  const what =
    snapshots.length > 1 ? shown`${printable(heap)}, ${counted(snapshots.length, "snapshot")}` : printable(heap);
  const thinned = snapshots.find(({ series }) => series !== undefined)?.series;
  const notes = [
    thinned === undefined
      ? ""
      : `Of ${grouped(thinned.lists)} lists, one of ${thinned.every} is here, and the first and last.`,
    leftOut === 0 ? "" : `${counted(leftOut, "list")} left out: cut, or most of their blocks not sure.`,
  ];
  return [paint.bold(what), ...lines, ...notes.filter((text) => text !== "").map((text) => wrap(text, paint)), BLANK];
}

const CUT = "; cut: it lacks the heap's pool table, which ends a list";

function asData(
  heap: string,
  snapshots: readonly LeakSnapshot[],
  { text: _, leaks: _leaks, ...said }: LeakAnswer,
  read: readonly TextSummary[],
) {
  return { heap, snapshots: snapshots.map(inShort), ...said, ...(read.length > 0 ? { read } : {}) };
}

function inShort(snapshot: LeakSnapshot) {
  const { name, uncertain, cut = false, series } = snapshot;
  return { name, ...totalOf(snapshot), uncertain, cut, ...(series === undefined ? {} : { series }) };
}
