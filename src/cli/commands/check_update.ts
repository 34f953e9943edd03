// `teemem check --update`: makes a budget, or writes what was measured into one, and says what that changed.
import type { Check } from "../../analyze/budget/check.ts";
import { showAmount } from "../../analyze/budget/limit.ts";
import { type HeapMeasure, measuresOf } from "../../analyze/budget/measure.ts";
import { newBudget } from "../../analyze/budget/new_budget.ts";
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

/** Makes a budget of what was measured, where there is none yet. */
export async function createBudget(
  path: string,
  files: readonly string[],
  setting: SourceSetting,
  io: Io,
): Promise<CommandResult> {
  const none = `name a recording; ${printable(path)} is created from it`;
  const recording = await readRecorded(files, setting, none, io);
  if (!recording.ok) return recording.error;
  const progress = createProgress(io.err, io.clock);
  const measures = measureHeaps(recording.value, progress);
  if (measures.length === 0)
    return err(`${printable(recording.value.origin)}: nothing recorded, so no budget can be made`);
  const text = newBudget(measures);
  progress.clear();
  const problem = writeText(path, text, "refuse");
  if (problem !== null) return err(problem);
  io.out.write(shown`${printable(path)}: created, with budgets for ${counted(measures.length, "heap")}\n`);
  return ok(0);
}

/** Measures every heap of a recording, with progress. */
export function measureHeaps(recording: Recording, progress: Progress): HeapMeasure[] {
  return measuresOf(recording, (heap, rows, total) => progress.show(`${heap}: replaying`, rows, total));
}

/** Writes what was measured into a budget. Exit code 1 where a limit could not be measured. */
export function updateFile(path: string, old: string, checks: readonly Check[], io: Io): CommandResult {
  const { text, changes } = updateBudget(old, checks);
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
  return ok(unknown.length === 0 ? 0 : 1);
}
