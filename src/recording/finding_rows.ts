// What checkers noticed in TAs, as rows of a recording.
import { readCallStack } from "../base/call_stack.ts";
import type { BatchColumns } from "./batch_columns.ts";
import { RecordingDamage } from "./buffers.ts";
import { type FindingInCall, parseFinding } from "./finding_json.ts";
import type { RowSink } from "./rows.ts";
import { FINDINGS_HEAP } from "./schema.ts";

/** A finding, and where in the run it was. */
export interface RecordedFinding extends FindingInCall {
  /** Microseconds, on the clock of the recording. */
  readonly time: number;
  readonly uuid: string;
  /** Number of the TA's heap instance. */
  readonly instance: number;
  /** Findings that this one stands for, itself included. */
  readonly times: number;
}

/** Adds a finding to a recording. */
export function writeFinding({ finding, uuid, ...found }: RecordedFinding, writer: RowSink): void {
  const { kind, stack, ...rest } = finding;
  const [frame] = readCallStack(stack);
  writer.add({
    op: "mark",
    heap: FINDINGS_HEAP,
    time: found.time,
    instance: found.instance,
    thread: uuid,
    name: kind,
    pointer: finding.access?.address ?? 0,
    size: finding.access?.bytes ?? 0,
    arg: found.times,
    func: frame?.func ?? "",
    place: frame?.place ?? "",
    stack,
    command: JSON.stringify({ ta: found.ta, session: found.session, entry: found.entry, ...rest }),
  });
}

/** The findings among the rows of a batch. Throws `RecordingDamage` where one is none. */
export function* findingsIn(batch: BatchColumns): Generator<RecordedFinding, void, undefined> {
  if (!batch.numbersIn("heap").some((heap) => batch.textOf("heap", heap) === FINDINGS_HEAP)) return;
  const heaps = batch.texts("heap");
  for (let row = 0; row < batch.length; row++)
    if (batch.textOf("heap", heaps[row] as number) === FINDINGS_HEAP) yield findingAt(batch, row);
}

/** The finding in a row. Throws `RecordingDamage`. */
function findingAt(batch: BatchColumns, row: number): RecordedFinding {
  const found = readFinding(findingRow(batch, row));
  if (found === null) throw new RecordingDamage("a finding that is none");
  return found;
}

/** What is kept of a finding. */
export interface FindingRow {
  readonly time: number;
  readonly instance: number;
  readonly times: number;
  readonly uuid: string;
  readonly kind: string;
  readonly stack: string;
  /** The rest, as JSON. */
  readonly rest: string;
}

/** What a row has of a finding. */
export function findingRow(batch: BatchColumns, row: number): FindingRow {
  const text = (name: "name" | "stack" | "command" | "thread"): string =>
    batch.textOf(name, batch.texts(name)[row] as number);
  return {
    time: batch.numbers("time")[row] as number,
    instance: batch.numbers("instance")[row] as number,
    times: Math.max(1, batch.numbers("arg")[row] as number),
    uuid: text("thread"),
    kind: text("name"),
    stack: text("stack"),
    rest: text("command"),
  };
}

/** The finding; null where what was kept is none. */
export function readFinding({ time, instance, times, uuid, kind, stack, rest }: FindingRow): RecordedFinding | null {
  const parsed = parseFinding(kind, stack, rest);
  return parsed && { time, uuid, instance, times, ...parsed };
}
