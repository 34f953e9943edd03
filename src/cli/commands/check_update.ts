// `teemem check --update`: makes a budget, or writes what was measured into one, and says what that changed.
import type { Check } from "../../analyze/budget/check.ts";
import { showAmount } from "../../analyze/budget/limit.ts";
import { type HeapMeasure, measuresOf } from "../../analyze/budget/measure.ts";
import { failuresOfTa, newBudget } from "../../analyze/budget/new_budget.ts";
import { updateBudget } from "../../analyze/budget/update.ts";
import { counted } from "../../base/format.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import type { Recording } from "../../recording/recording.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { readRecorded } from "../jobs/recording_of.ts";
import { lineDiff } from "../outputs/line_diff.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { createProgress, type Progress } from "../outputs/progress.ts";
import { writeText } from "../outputs/write_file.ts";
import type { SourceSetting } from "../systems/setting.ts";

/** What a budget is made of, and how. */
interface NewBudget {
  readonly path: string;
  readonly files: readonly string[];
  readonly setting: SourceSetting;
  /** The heaps that are wanted; null for all. */
  readonly heaps: ReadonlySet<string> | null;
  /** Failures of the run become allowed, too. */
  readonly force: boolean;
}

/** Makes a budget of what was measured, where there is none yet. Exit code 1 where requests failed. */
export async function createBudget({ path, files, setting, heaps, force }: NewBudget, io: Io): Promise<CommandResult> {
  const none = `name a recording; ${printable(path)} is created from it`;
  const recording = await readRecorded(files, setting, none, io);
  if (!recording.ok) return recording.error;
  const progress = createProgress(io.err, io.clock);
  const all = measureHeaps(recording.value, progress);
  const measures = all.filter(({ heap }) => heaps === null || heaps.has(heap));
  if (measures.length === 0 && all.length > 0) return err("no TA of --ta was called, so no budget can be made");
  if (measures.length === 0)
    return err(`${printable(recording.value.origin)}: nothing recorded, so no budget can be made`);
  const text = newBudget(measures, force);
  progress.clear();
  const problem = writeText(path, text, "refuse");
  if (problem !== null) return err(problem);
  io.out.write(
    shown`${printable(path)}: created, with budgets for ${counted(measures.length, "heap")}\nPeaks are exactly what was measured: raise those that may vary.\n`,
  );
  const failing = force ? [] : measures.filter((measure) => failuresOfTa(measure) > 0);
  for (const measure of failing)
    io.err.write(
      shown`teemem: ${printable(measure.heap)}: ${counted(failuresOfTa(measure), "request")} failed in this run, which is none to measure by: mend that and create the budget anew; or --force allows them\n`,
    );
  return ok(failing.length > 0 ? 1 : 0);
}

/** Measures every heap of a recording, with progress. */
export function measureHeaps(recording: Recording, progress: Progress): HeapMeasure[] {
  return measuresOf(recording, (heap, rows, total) => progress.show(`${heap}: replaying`, rows, total));
}

/** Writes what was measured into a budget. Exit code 1 where a limit could not be measured. */
export function updateFile(
  { path, old, force }: { readonly path: string; readonly old: string; readonly force: boolean },
  checks: readonly Check[],
  io: Io,
): CommandResult {
  const { text, changes, kept } = updateBudget(old, checks, force);
  const problem = changes.length === 0 ? null : writeText(path, text, "replace");
  if (problem !== null) return err(problem);
  for (const { line, from, to } of changes) {
    const { unit } = line.limit;
    const name = [line.heap, line.metric, line.site].filter((part) => part !== "").join(" › ");
    io.out.write(
      shown`${printable(`${path}:${line.line}: ${name}: ${showAmount(from, unit)} → ${showAmount(to, unit)}`)}\n`,
    );
  }
  if (changes.length === 0) io.out.write(shown`${printable(path)}: nothing to change\n`);
  else io.out.write(shown`\n${lineDiff(path, old, text, createPaint(io.out))}`);
  const unknown = checks.filter(({ status }) => status === "unknown");
  for (const { line, where } of unknown)
    io.err.write(shown`teemem: ${printable(`${path}:${line.line} is unchanged: ${where}`)}\n`);
  for (const { line, heap, measured } of kept)
    io.err.write(
      shown`teemem: ${printable(`${path}:${line.line}: ${heap} › failures`)} was not raised to ${measured ?? 0}: a run that fails is none to measure by; mend that first, or --force allows them\n`,
    );
  return ok(unknown.length + kept.length === 0 ? 0 : 1);
}
