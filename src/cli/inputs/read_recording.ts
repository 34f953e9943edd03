// Reads a recording for any command.
import { countersBeside } from "../../analyze/counters/same_system.ts";
import { counted } from "../../base/format.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { shellWord } from "../../base/shell_word.ts";
import {
  importRecording,
  joinRecordings,
  type ReadProgress,
  recordingOfTrace,
} from "../../recording/import_recording.ts";
import { importText, NOT_RECORDED } from "../../recording/import_text.ts";
import { inputKind } from "../../recording/input_kind.ts";
import type { Recording } from "../../recording/recording.ts";
import { isEmpty } from "../../recording/text_summary.ts";
import type { Io } from "../outputs/outcome.ts";
import { createProgress } from "../outputs/progress.ts";
import { type OpenInput, openInput, type ReadIo } from "./open_input.ts";
import { readArrowFile } from "./read_arrow_file.ts";
import { inputProblem, readOpened } from "./read_input.ts";
import { readText } from "./read_text.ts";
import { readTrace } from "./read_trace.ts";

/**
 * Reads what was recorded: the one way by which commands get a recording. Recordings of `teemem record`, heap traces, golden
 * traces, output of xtest and console logs are detected by their content; several files form one recording. `-` is
 * standard input; gzipped files are unpacked. The error names the file and what is wrong with it. A recording that was cut
 * off is read up to the cut, which is said on standard error.
 */
export async function readRecordings(paths: readonly string[], io: ReadIo): Promise<Result<Recording>> {
  const problem = await inputProblem(paths);
  if (problem !== null) return err(problem);
  const parts: Recording[] = [];
  for (const path of paths) {
    const read = await readRecording(path, io, paths.length > 1);
    if (!read.ok) return read;
    parts.push(read.value);
  }
  if (parts.length > 1 && parts.every(isBare))
    return err(
      `no counters and no leak lists in ${paths.join(" and ")}; 'teemem doctor ${paths.map(shellWord).join(" ")}' says what they report`,
    );
  for (const counters of parts.filter(({ traces }) => traces.length === 0))
    for (const events of parts) {
      const { other, leftOut } = countersBeside(counters, events);
      if (other !== "") return err(other);
      for (const heap of leftOut)
        io.err?.write(
          shown`teemem: ${printable(counters.origin)}: counters of ${printable(heap)} are left out: the events in ${printable(events.origin)} tell more\n`,
        );
    }
  const joined = joinRecordings(parts);
  return joined.ok ? ok(joined.value) : joined;
}

/** Nothing that a recording has was in it. */
function isBare({ traces, samples, moments = [], findings = [] }: Recording): boolean {
  return traces.length + samples.length + moments.length + findings.length === 0;
}

/** One file. A text is read as a stream, whatever its length; among several, one may be a log that has nothing to record. */
async function readRecording(path: string, io: ReadIo, beside: boolean): Promise<Result<Recording>> {
  const opened = await openInput(path, io.input);
  if (!opened.ok) return err(opened.error.text);
  const file = opened.value;
  const named = (error: string): Result<never> => err(`${file.name}: ${error}`);
  if (inputKind(file.head) === "text") {
    const text = await readText(path, file, io, {}, NOT_RECORDED);
    if (!text.ok) return text;
    const recording = importText(text.value);
    const { summary } = text.value;
    if (!recording.ok && beside && !isEmpty(summary))
      return ok({ origin: file.name, version: "", traces: [], samples: [], entries: [], read: [summary] });
    if (recording.ok) sayLost(recording.value, file.name, io.err);
    return recording.ok ? recording : named(recording.error);
  }
  return readEvents(path, file, io);
}

/** What was opened by this path and is no text. A heap trace is read as a stream, too. The error names the file. */
export async function readEvents(path: string, file: OpenInput, io: ReadIo): Promise<Result<Recording>> {
  if (inputKind(file.head) === "recorded") {
    const trace = await readTrace(path, file, io);
    return trace.ok ? ok(recordingOfTrace(trace.value, file.name)) : trace;
  }
  if (inputKind(file.head) === "arrow")
    return withNotes(file.name, io, (onProgress) => readArrowFile(path, file, onProgress));
  const bytes = await readOpened(path, file);
  if (!bytes.ok) return err(bytes.error.text);
  const read = await importNamed(bytes.value, file.name, io);
  return read.ok ? read : err(`${file.name}: ${read.error}`);
}

/** Makes a recording of the content of a file, with progress; says on standard error where it was cut off. */
export function importNamed(
  bytes: Uint8Array,
  name: string,
  io: Partial<Pick<Io, "err" | "clock">>,
): Promise<Result<Recording>> {
  return withNotes(name, io, (onProgress) => importRecording(bytes, name, onProgress));
}

async function withNotes(
  name: string,
  { err, clock }: Partial<Pick<Io, "err" | "clock">>,
  reading: (onProgress: ReadProgress) => Promise<Result<Recording>>,
): Promise<Result<Recording>> {
  const progress = err && clock ? createProgress(err, clock) : null;
  const read = await reading((done, total) => progress?.show(name, done, total));
  progress?.clear();
  if (read.ok) sayLost(read.value, name, err);
  if (read.ok && read.value.cut === true)
    err?.write(shown`teemem: ${printable(name)} is truncated: its recorder was stopped\n`);
  return read;
}

function sayLost({ lost = 0 }: Recording, name: string, err: Io["err"] | undefined): void {
  if (lost === 0) return;
  err?.write(
    shown`teemem: ${printable(name)}: ${counted(lost, "event")} missing, and the heap goes on as a new instance: fetch them more often, or build the TA with a larger TEEMEM_RING\n`,
  );
}
