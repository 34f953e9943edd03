// Reads a recording, or imports any other file that can become one.
import { err, ok, type Result } from "../base/result.ts";
import { parseRecordedTrace } from "../replay/recorded_trace.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { joinConsoles } from "./console_rows.ts";
import { importGolden } from "./import_golden.ts";
import { importMoments } from "./import_moments.ts";
import { importPlugin } from "./import_plugin.ts";
import { importTaFile } from "./import_ta.ts";
import { importText } from "./import_text.ts";
import { type InputKind, inputKind } from "./input_kind.ts";
import { readArrow } from "./read_arrow.ts";
import { byContext, type Recording } from "./recording.ts";
import { createContentReader } from "./text_content.ts";

/** Is notified how much of a recording is read. */
export type ReadProgress = (done: number, total: number) => void;

/** Bytes that tell the kind. */
const HEAD = 65536;

type Reader = (bytes: Uint8Array, origin: string, onProgress: ReadProgress) => Promise<Result<Recording>>;

const READERS: Readonly<Record<InputKind, Reader>> = {
  async arrow(bytes, origin, onProgress) {
    const read = await readArrow(bytes, onProgress);
    return read.ok ? ok({ ...read.value, origin }) : read;
  },
  "arrow-file": async () => err("this is an Arrow file; recordings are Arrow streams"),
  async recorded(bytes, origin, onProgress) {
    const trace = parseRecordedTrace(bytes, (done) => onProgress(done, bytes.length));
    if (!trace.ok) return trace;
    return ok(recordingOfTrace(trace.value, origin));
  },
  golden: importGolden,
  moments: async (bytes, origin) => importMoments(bytes, origin),
  "ta-events": importTaFile,
  plugin: async (bytes, origin) => importPlugin(bytes, origin),
  async text(bytes, origin) {
    const reader = createContentReader(origin);
    reader.push(bytes);
    return importText(reader.end());
  },
};

/** The recording that a heap trace alone makes. `origin` is the name of its file. */
export function recordingOfTrace(trace: RecordedTrace, origin: string): Recording {
  return {
    origin,
    version: trace.version,
    traces: [trace],
    samples: [],
    entries: [],
    files: [{ name: origin, kind: "recorded" }],
    ...(trace.cut === true ? { cut: true } : {}),
  };
}

/** Reads a recording, or what can be made one; which it is shows in its content. `origin` is the name of the file. */
export async function importRecording(
  bytes: Uint8Array,
  origin: string,
  onProgress: ReadProgress = () => {},
): Promise<Result<Recording>> {
  const kind = inputKind(bytes.subarray(0, HEAD));
  const read = await READERS[kind](bytes, origin, onProgress);
  return read.ok ? ok({ ...read.value, files: read.value.traces.map(() => ({ name: origin, kind })) }) : read;
}

/** Makes one recording of several, which must be of different heaps. */
export function joinRecordings(parts: readonly Recording[]): Result<Recording> {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return ok(only);
  const traces = parts.flatMap((part) => part.traces).sort((a, b) => byContext(a.context, b.context));
  const twice = traces.find(({ context }, n) => traces[n + 1]?.context === context);
  if (twice !== undefined) {
    const names = parts.filter((part) => part.traces.some(({ context }) => context === twice.context));
    return err(
      `${names.map(({ origin }) => origin).join(" and ")} are of the same heap, ${twice.context}: give only one of them`,
    );
  }
  const files = traces.flatMap((trace) =>
    parts.flatMap((part) => part.files?.filter((_, n) => part.traces[n] === trace) ?? []),
  );
  const read = parts.flatMap((part) => part.read ?? []);
  const images = parts.flatMap((part) => part.images ?? []);
  const lost = parts.reduce((sum, part) => sum + (part.lost ?? 0), 0);
  const findings = parts.flatMap((part) => part.findings ?? []);
  const consoles = parts.flatMap((part) => part.console ?? []);
  return ok({
    origin: parts.map(({ origin }) => origin).join(", "),
    version: parts.find(({ version }) => version !== "")?.version ?? "",
    traces,
    samples: parts.flatMap(({ samples }) => samples).sort((a, b) => a.time - b.time),
    entries: traces.flatMap((trace, index) =>
      parts.flatMap((part) =>
        part.entries.filter((span) => part.traces[span.trace] === trace).map((span) => ({ ...span, trace: index })),
      ),
    ),
    ...(parts.some(({ moments }) => moments !== undefined)
      ? { moments: parts.flatMap(({ moments = [] }) => moments).sort((a, b) => a.time - b.time) }
      : {}),
    ...(parts.some(({ cut }) => cut === true) ? { cut: true } : {}),
    ...(files.length === traces.length ? { files } : {}),
    ...(read.length > 0 ? { read } : {}),
    ...(images.length > 0 ? { images } : {}),
    ...(lost > 0 ? { lost } : {}),
    ...(findings.length > 0 ? { findings } : {}),
    ...(consoles.length > 0 ? { console: joinConsoles(consoles) } : {}),
  });
}
