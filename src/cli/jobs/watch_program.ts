// Watches a program that runs on the system: a row for each of its calls into TAs, as it returns.
import { createCallBook } from "../../analyze/calls/call_book.ts";
import type { HeapAround, TaCall } from "../../analyze/calls/ta_call.ts";
import { printable, shown } from "../../base/printable.ts";
import { ok } from "../../base/result.ts";
import type { Source } from "../../source/source.ts";
import { type CallRow, drawCall, drawCallHead, drawCallNotes } from "../../view/terminal/call_table.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { hearErrors } from "../outputs/console_errors.ts";
import { describedJson } from "../outputs/described_json.ts";
import { liveLines } from "../outputs/live_lines.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { WatchedCallsJson } from "../schemas/watch.ts";
import { nameOfTa, uuidsMeant } from "../systems/known_tas.ts";
import { type ProgramRunner, runProgramOf } from "./program_run.ts";
import { andWrong, exitCode } from "./run_end.ts";

/** What is watched, and how. */
interface WatchedProgram {
  readonly words: readonly string[];
  /** The one TA to show: its name where it is known, else its UUID, of which the beginning is enough. */
  readonly ta: string | undefined;
  readonly resets: boolean;
  readonly json: boolean;
}

/** Shows the calls of a program as they return, on standard output; what it prints itself goes to standard error. */
export async function watchProgram(
  source: Source & ProgramRunner,
  { words, ta = "", resets, json }: WatchedProgram,
  io: Io,
): Promise<CommandResult> {
  const meant = uuidsMeant(ta);
  if (!meant.ok) return meant;
  const paint = createPaint(io.out);
  const over = new AbortController();
  const put = liveLines(io.out, () => over.abort());
  io.out.gone.addEventListener("abort", () => over.abort());
  const book = createCallBook();
  const calls: TaCall[] = [];
  const unseen: string[] = [];
  let last = "";

  function show(call: TaCall): void {
    if (calls.length === 1) drawCallHead(paint).forEach(put);
    if (call.uuid !== last) put(paint.dim(printable(nameOfTa(call.uuid) ?? call.uuid)));
    last = call.uuid;
    put(drawCall(rowOf(call), paint));
  }
  const hear = hearErrors(source, io);
  const ran = await runProgramOf(source, {
    words,
    resets,
    out: io.err,
    err: io.err,
    signal: over.signal,
    onMoment(moment) {
      const call = book.take(moment);
      if (call === null || !call.uuid.startsWith(meant.value)) return;
      calls.push(call);
      if (!json) show(call);
    },
    onUnseen: (why) => unseen.push(why),
  });
  const console = await hear();
  if (json) io.out.writeData(describedJson<WatchedCallsJson>()({ release: source.version, calls, unseen, console }, 2));
  else drawCallNotes(calls.map(rowOf), paint).forEach(put);
  for (const why of unseen) io.err.write(shown`teemem: ${printable(why)}\n`);
  const end = andWrong(ran, source.console?.ended ?? "");
  for (const why of end.wrong) io.err.write(shown`teemem: ${printable(why)}\n`);
  return ok(exitCode(andWrong(end, ...unseen)));
}

function rowOf({ name, code, heap, core, alone }: TaCall): CallRow {
  return { name, code, calls: 1, failed: code === 0 ? 0 : 1, heap: grown(heap), core: grown(core), alone };
}

function grown(heap: HeapAround): CallRow["heap"] {
  const { before, after } = heap;
  return { ...heap, growth: before === null || after === null ? null : after - before };
}
