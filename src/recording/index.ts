/**
 * Recordings of heaps: Arrow streams in and out, and imports from traces and logs.
 *
 * ```ts
 * import { importRecording } from "teemem/recording";
 *
 * const log = new TextEncoder().encode("I/TC: buffer: 24 bytes core/mm/tee_mm.c:192\n");
 * const recording = await importRecording(log, "console.log");
 * console.log(recording.ok ? recording.value.traces.length : recording.error);
 * ```
 *
 * @module teemem/recording
 */
// Files of this project import what they need from its own file.
export type { RecordingHead } from "./arrow_schema.ts";
export { type ConsolePiece, type RecordedConsole, writePiece } from "./console_rows.ts";
export { createEventRecorder, type EventRecorder } from "./event_recorder.ts";
export type { RecordedFinding } from "./finding_rows.ts";
export { importRecording, joinRecordings, type ReadProgress } from "./import_recording.ts";
export type {
  IndexedEntry,
  IndexedHeap,
  IndexedMark,
  IndexedPeak,
  IndexedPool,
  IndexedRecording,
  LiveRow,
  RangeTimeline,
  RowPart,
  RowQuery,
} from "./indexed/indexed_recording.ts";
export { indexOf } from "./indexed/indexed_view.ts";
export { type OpenOptions, openIndexed } from "./indexed/open_indexed.ts";
export { bytesInMemory, type RangeBytes } from "./indexed/range_bytes.ts";
export { type InputKind, inputKind } from "./input_kind.ts";
export type { ClientCall, ExactMoment } from "./moment.ts";
export { readArrow } from "./read_arrow.ts";
export { byContext, type CommandSpan, type Recording, type Sample } from "./recording.ts";
export { createRecordingWriter, type RecordingWriter } from "./recording_writer.ts";
export type { Row } from "./rows.ts";
export { type OpName, SCHEMA_VERSION } from "./schema.ts";
export type { ByteSink } from "./stream_writer.ts";
export { writeRecording } from "./write_recording.ts";
