import { counted, grouped } from "../../base/format.ts";
import { printable, shown } from "../../base/printable.ts";
import { createEventRecorder } from "../../recording/event_recorder.ts";
import { createRecordingWriter } from "../../recording/recording_writer.ts";
import type { EventSink } from "../../tee/monitor/event.ts";
import type { Io } from "../outputs/outcome.ts";
import type { RecordedSystem } from "../systems/record_system.ts";
import type { RecordFile } from "./record_file.ts";

/** A recording in progress. */
export interface RecordSession {
  readonly feed: EventSink;
  /** Notes what runs from here on. */
  mark(name: string, command: string): void;
  /** Writes what is left, and the end. */
  end(): void;
  /** What was recorded, for the user. */
  summary(): string;
}

const FLUSH_MS = 1000;
const PROGRESS_MS = 200;

/** Begins to record into a file: sampled every `interval` milliseconds, and on disk at the latest after a second. */
export async function createRecordSession(
  { name, release }: Pick<RecordedSystem, "name" | "release">,
  file: RecordFile,
  interval: number,
  io: Pick<Io, "err" | "clock">,
): Promise<RecordSession> {
  const start = io.clock();
  const now = (): number => Math.round((io.clock() - start) * 1000);
  const writer = await createRecordingWriter({ origin: name, version: release }, file.write);
  const recorder = createEventRecorder(writer, now);
  // From the first moment on it is a recording.
  let flushed = start;
  let sampled = start;
  let told = start;
  let drawn = false;

  /** Looks at the clock: called from a timer, and with the events, as those may leave no time for timers. */
  function tick(): void {
    const at = io.clock();
    if (at - sampled >= interval) {
      sampled = at;
      recorder.sample();
    }
    if (at - flushed >= FLUSH_MS) {
      flushed = at;
      writer.flush();
    }
    if (!io.err.isTerminal || at - told < PROGRESS_MS) return;
    told = at;
    drawn = true;
    io.err.write(shown`\r\x1b[K${printable(summary())}, ${Math.round((at - start) / 1000)} s`);
    io.err.flush().catch(() => {});
  }
  function summary(): string {
    const late = recorder.late.size === 0 ? "" : `; heard from the middle on: ${[...recorder.late].join(", ")}`;
    return `${counted(writer.rows, "row")}, ${grouped(file.bytes)} bytes${late}`;
  }
  const timer = setInterval(tick, Math.min(interval, FLUSH_MS));
  return {
    feed(event) {
      recorder.feed(event);
      tick();
    },
    mark(what, command) {
      if (what !== "") writer.add({ op: "mark", heap: "core", time: now(), name: what, command });
    },
    end() {
      clearInterval(timer);
      recorder.sample();
      writer.end();
      if (drawn) io.err.write("\r\x1b[K");
    },
    summary,
  };
}
