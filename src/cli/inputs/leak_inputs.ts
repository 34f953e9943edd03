// The snapshots of live blocks that files hold.
import { type LeakSnapshot, snapshotOfList } from "../../analyze/leak/snapshot.ts";
import {
  endsOfMarks,
  leftByInstances,
  leftTogether,
  snapshotsOfTrace,
  type TraceMoment,
} from "../../analyze/leak/trace.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { readConsole } from "../../recording/console_content.ts";
import { unknownLists } from "../../recording/console_lists.ts";
import type { RecordedFinding } from "../../recording/finding_rows.ts";
import { inputKind } from "../../recording/input_kind.ts";
import { listsOf, type RecordedList } from "../../recording/list_row.ts";
import type { CommandSpan, Recording, Sample } from "../../recording/recording.ts";
import { summaryText, type TextSummary } from "../../recording/text_summary.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { endOfMark } from "../../replay/trace_row.ts";
import type { LeakList } from "../../xtest/leak_lists.ts";
import { suggestOrList } from "../outputs/nearest.ts";
import { isThere } from "./is_there.ts";
import { openInput, type ReadIo } from "./open_input.ts";
import { inputProblem } from "./read_input.ts";
import { readEvents } from "./read_recording.ts";
import { readText } from "./read_text.ts";

/** Which moments and lists are meant. */
export interface LeakMoments {
  /** Marks of a recording at whose end the live blocks are taken. */
  readonly at?: readonly string[];
  /** Text of a line that stands between two lists of a console log. */
  readonly split?: string;
}

/** Fewer make no series. */
const FEWEST = 4;

/** True if these words name files: all of them exist, or are `-`. */
export async function areFiles(words: readonly string[]): Promise<boolean> {
  const found = await Promise.all(words.map((word) => word === "-" || isThere(word)));
  return words.length > 0 && found.every(Boolean);
}

/** A word that only a file would have as its name. */
export function isPath(word: string): boolean {
  return /[/\\]|\.(log|gz|trace|arrows?|txt|zst)$/.test(word);
}

/** What files hold. */
interface LeakInputs {
  /** In their order; those of one heap belong together. */
  readonly snapshots: readonly LeakSnapshot[];
  /** Counters of texts without leak lists. */
  readonly samples: readonly Sample[];
  /** What was read in each text. */
  readonly read: readonly TextSummary[];
  /** What memcheck found. */
  readonly findings: readonly RecordedFinding[];
}

/** The snapshots that some files hold, or counters where they have no leak lists. */
export async function readSnapshots(
  paths: readonly string[],
  moments: LeakMoments,
  io: ReadIo,
): Promise<Result<LeakInputs>> {
  const problem = await inputProblem(paths);
  if (problem !== null) return err(problem);
  const snapshots: LeakSnapshot[] = [];
  const samples: Sample[] = [];
  const texts: TextSummary[] = [];
  const findings: RecordedFinding[] = [];
  for (const path of paths) {
    const read = await readOne(path, paths.length === 1, moments, io);
    if (!read.ok) return read;
    for (const snapshot of read.value.snapshots) snapshots.push(snapshot);
    texts.push(...read.value.read);
    findings.push(...read.value.findings);
    // Each file may number its reports anew.
    const start = (samples.at(-1)?.time ?? -1) + 1;
    for (const sample of read.value.samples)
      samples.push(paths.length === 1 ? sample : { ...sample, time: start + sample.time });
  }
  if (snapshots.length > 0 && samples.length > 0)
    return err("some of these files have leak lists, others only counters: give either");
  return ok({ snapshots, samples, read: texts, findings });
}

async function readOne(path: string, alone: boolean, moments: LeakMoments, io: ReadIo): Promise<Result<LeakInputs>> {
  const opened = await openInput(path, io.input);
  if (!opened.ok) return err(opened.error.text);
  const file = opened.value;
  const { name } = file;
  if (inputKind(file.head) !== "text") {
    const recording = await readEvents(path, file, io);
    if (!recording.ok) return recording;
    const found = snapshotsOfRecording(recording.value, moments, alone);
    if (!found.ok) return err(`${name}: ${found.error}`);
    const snapshots = alone ? found.value : found.value.map((one) => ({ ...one, name: `${name}, ${one.name}` }));
    const { samples, findings = [] } = recording.value;
    return ok({ snapshots, samples: snapshots.length > 0 ? [] : samples, read: [], findings });
  }
  if (moments.at !== undefined) {
    await file.close();
    return err(`${name} is a console log, which has no marks; --at is for recordings`);
  }
  const text = await readText(path, file, io, moments.split === undefined ? {} : { split: moments.split });
  if (!text.ok) return text;
  const { leaks, counters, summary } = text.value;
  if (leaks.lists.length === 0 && counters.samples.length > 0)
    return ok({ snapshots: [], samples: counters.samples, read: [summary], findings: [] });
  if (leaks.lists.length === 0) {
    return err(
      `${name}: no leak lists in its ${summary.lines} lines (${summaryText(summary)}); 'teemem doctor --log ${name}' says what may be missing`,
    );
  }
  const many = leaks.lists.length > 1;
  const nameOf = ({ index, first }: LeakList): string => (many ? `${name}, list ${index + 1} (line ${first})` : name);
  const snapshots = leaks.lists.map((list) => snapshotOfList(list, nameOf(list), leaks.series));
  return ok({ snapshots, samples: [], read: [summary], findings: [] });
}

/** The snapshots of a recording, heap by heap. One that is alone may be a series of its own. */
export function snapshotsOfRecording(
  recording: Recording,
  { at = [] }: LeakMoments,
  alone: boolean,
): Result<LeakSnapshot[]> {
  const { traces, entries } = recording;
  const found = at.length === 0 ? snapshotsOfConsole(recording) : [];
  for (const [index, trace] of traces.entries()) {
    const calls = entries.filter((entry) => entry.trace === index);
    const snapshots = ofTrace(trace, calls, alone, at);
    if (!snapshots.ok) return snapshots;
    for (const one of snapshots.value) found.push(one);
  }
  return ok(found);
}

/** The leak lists that the secure console printed, of heaps whose operations were not recorded. */
function snapshotsOfConsole(recording: Recording): LeakSnapshot[] {
  if (recording.console === undefined) return [];
  const console = readConsole(recording.console);
  const { series } = console.content.leaks;
  return unknownLists(recording, console).map((list) => {
    const seconds = (console.momentOf(list.first).time / 1e6).toFixed(3);
    return snapshotOfList(list, `list ${list.index + 1} (${seconds} s)`, series);
  });
}

function ofTrace(
  trace: RecordedTrace,
  calls: readonly CommandSpan[],
  alone: boolean,
  at: readonly string[],
): Result<LeakSnapshot[]> {
  if (at.length > 0) {
    const rows: { row: number; name: string }[] = [];
    for (const mark of at) {
      const end = endOfMark(trace, mark);
      if (!end.ok)
        return err(
          `${end.error}${suggestOrList(
            mark,
            trace.marks.map(({ name }) => name),
          )}`,
        );
      rows.push({ row: end.value, name: `end of ${mark}` });
    }
    return ok(snapshotsOfTrace(trace, rows));
  }
  const lists = listsOf(trace);
  if (lists !== null) return ok(leftByInstances(trace).map((one, i) => ({ ...one, ...snapshotOfRecorded(lists, i) })));
  const ended = hasEnded(trace, calls);
  if (trace.instances.length > 1) return ok([{ ...leftTogether(trace), ended }]);
  const series = [endsOfMarks(trace), endsOfCalls(calls)].find((ends) => ends.length >= FEWEST);
  const wanted = alone ? (series ?? []) : [];
  const [end, ...found] = snapshotsOfTrace(trace, [{ row: trace.length, name: "at its end" }, ...wanted]);
  if (end === undefined) return ok([]);
  if (found.length === 0) return ok([{ ...end, ended }]);
  return ok(ended ? found.with(-1, { ...(found.at(-1) ?? end), left: end.sites }) : found);
}

/** All instances of a TA were destroyed: what their heaps held then was never freed. */
function hasEnded({ instances }: RecordedTrace, calls: readonly CommandSpan[]): boolean {
  const destroyed = new Set(calls.filter(({ name }) => name === "destroy").map(({ instance }) => instance));
  return destroyed.size > 0 && destroyed.size === instances.length;
}

/** What was known of the list that became an instance. */
function snapshotOfRecorded(lists: readonly RecordedList[], index: number): Partial<LeakSnapshot> {
  const { state = "whole", uncertain = 0 } = lists[index] ?? {};
  const [cut, broken, unreadable] = [state === "cut" || state === "broken", state === "broken", state === "unreadable"];
  return { name: lists.length > 1 ? `list ${index + 1}` : "its list", uncertain, cut, broken, unreadable, index };
}

/** The ends of the command that was called most often: iterations, as far as they can be recognised. */
function endsOfCalls(calls: readonly CommandSpan[]): TraceMoment[] {
  const counts = new Map<string, number>();
  for (const { name } of calls) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const ends = calls.filter(({ name }) => name === most);
  return ends.map(({ name, to }, i) => ({ name: `${name}, call ${i + 1}`, row: to }));
}
