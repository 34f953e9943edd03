// Reads the traces of `teemem replay`.
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { inputKind } from "../../recording/input_kind.ts";
import { parseRecordedTrace } from "../../replay/recorded_trace.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { inputName } from "../inputs/open_input.ts";
import { importNamed } from "../inputs/read_recording.ts";
import { cutText } from "../inputs/read_trace.ts";
import type { Io } from "../outputs/outcome.ts";
import { createProgress } from "../outputs/progress.ts";
import { matchesHeap } from "../systems/heap_name.ts";
import type { ReplayOptions } from "./replay_options.ts";

/** A trace to replay. */
export interface NamedTrace {
  /** How messages call its file, and how they call it. */
  readonly file: string;
  readonly name: string;
  readonly trace: RecordedTrace;
}

/** Recorded traces of one file: all heaps in it, and the traces of those that are asked for. */
interface Traces {
  readonly heaps: readonly string[];
  readonly chosen: readonly NamedTrace[];
}

/** True for what `teemem record` or the QEMU plugin writes, for Arrow's other form, of which its reader says what is wrong, and for events of a TA. */
export function startsLikeRecording(head: Uint8Array): boolean {
  // A whole file would be looked through for console lines.
  const kind = inputKind(head.subarray(0, 32));
  return kind === "arrow" || kind === "arrow-file" || kind === "plugin" || kind === "ta-events";
}

/** Reads the recorded traces of a file: one of a heap trace, one for each heap of a recording. */
export async function readTraces(
  path: string,
  bytes: Uint8Array,
  { heap, pool }: ReplayOptions,
  io: Io,
): Promise<Result<Traces>> {
  const name = inputName(path);
  const found = startsLikeRecording(bytes) ? await ofRecording(name, bytes, io) : ofText(name, bytes, io);
  if (!found.ok) return found;
  const heaps = found.value.map(({ trace }) => trace.context);
  const chosen = found.value.filter(({ trace }) => matchesHeap(trace.context, heap));
  if (heaps.length === 0) return err("it cannot be replayed: it has counters, but no heap events");
  if (pool !== undefined && chosen.length > 1)
    return err(`--pool is for one heap; choose one with --heap: ${clip(heaps.join(", "))}`);
  return ok({ heaps, chosen });
}

async function ofRecording(name: string, bytes: Uint8Array, io: Io): Promise<Result<NamedTrace[]>> {
  const read = await importNamed(bytes, name, io);
  if (!read.ok) return read;
  return ok(read.value.traces.map((trace) => ({ file: name, name: `${name}: ${trace.context}`, trace })));
}

function ofText(name: string, bytes: Uint8Array, io: Io): Result<NamedTrace[]> {
  const progress = createProgress(io.err, io.clock);
  const trace = parseRecordedTrace(bytes, (done) => progress.show(`${name}: reading`, done, bytes.length));
  progress.clear();
  if (trace.ok && trace.value.cut === true) io.err.write(cutText(name));
  return trace.ok ? ok([{ file: name, name, trace: trace.value }]) : trace;
}
