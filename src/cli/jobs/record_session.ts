// A recording in progress: what happens goes to its file, with samples of the counters.
import { counted, grouped } from "../../base/format.ts";
import { printable, shown } from "../../base/printable.ts";
import { createEventRecorder } from "../../recording/event_recorder.ts";
import type { ExactMoment } from "../../recording/moment.ts";
import { since, writeMoment } from "../../recording/moment_rows.ts";
import type { Sample } from "../../recording/recording.ts";
import { createRecordingWriter } from "../../recording/recording_writer.ts";
import { writeSample } from "../../recording/write_sample.ts";
import type { Question, Source, TracedSource } from "../../source/source.ts";
import type { TeeEvent } from "../../tee/monitor/event.ts";
import type { Io } from "../outputs/outcome.ts";
import { createConsoleRecorder } from "./record_console.ts";
import type { RecordFile } from "./record_file.ts";

/** A recording in progress. */
export interface RecordSession {
  /** Takes an event, with its time in milliseconds on the clock. */
  feed(event: TeeEvent, time: number): void;
  /** Takes counters of a source without events; their time is `at`, in milliseconds on the clock, default now. */
  sample(samples: readonly Sample[], at?: number): void;
  /** Takes what was seen at an exact moment; its times are those of the system's own clock. */
  moment(moment: ExactMoment): void;
  /** Notes what runs from here on. */
  mark(name: string, command: string): void;
  /** Notes what happened, while what runs goes on. */
  note(name: string): void;
  /** The system has rebooted: what it counts from here on are new series. */
  reboot(): void;
  /** Notes which question is being asked; empty when it is answered. */
  asks(question: Question | ""): void;
  /** Takes what the secure console sends; its time is now. */
  hear(bytes: Uint8Array): void;
  /** Writes what is left, and the end. */
  end(): void;
  /** What was recorded, for the user. */
  summary(): string;
  /** The same as data. */
  recorded(): Recorded;
}

/** What a recording has. */
interface Recorded {
  readonly rows: number;
  /** Of the file. */
  readonly bytes: number;
  /** Heaps whose beginning is not in it. */
  readonly late: readonly string[];
  /** What memcheck noticed, each time. */
  readonly findings: number;
}

const FLUSH_MS = 1000;
const PROGRESS_MS = 200;

/**
 * Begins to record into a file: sampled every `interval` milliseconds, and on disk at the latest after a second.
 * Long: one clock, which all that is recorded shares.
 */
export async function createRecordSession(
  source: Pick<Source, "name" | "version" | "console"> & Pick<TracedSource, "untold">,
  file: RecordFile,
  interval: number,
  io: Pick<Io, "err" | "clock">,
): Promise<RecordSession> {
  const start = io.clock();
  const { name, version, console } = source;
  const head = { origin: name, version, ...(console === undefined ? {} : { console }) };
  const writer = await createRecordingWriter(head, file.write);
  /** Microseconds since the beginning. */
  let now = 0;
  const recorder = createEventRecorder(writer, () => now);
  // Where events do not tell all, counters that follow from them are not those of the system: it is asked for its own.
  const sample = source.untold === undefined ? recorder.sample : () => {};
  const heard = createConsoleRecorder(source, writer, io);
  // From the first moment on it is a recording.
  let flushed = start;
  let sampled = start;
  let told = start;
  let drawn = false;
  /** The beginning on the system's clock. */
  let zero: number | undefined;

  let boot = 0;
  let findings = 0;

  function reach(clock: number): void {
    now = Math.max(now, Math.round((clock - start) * 1000));
  }
  /** Called from a timer, and with the events, as those may leave no time for timers. */
  function tick(at: number): void {
    if (at - sampled >= interval) {
      sampled = at;
      sample();
    }
    if (at - flushed >= FLUSH_MS) {
      flushed = at;
      heard.flush(now);
      writer.flush();
    }
    if (!io.err.isTerminal || at - told < PROGRESS_MS) return;
    told = at;
    drawn = true;
    io.err.write(shown`\r\x1b[K${printable(summary())}, ${Math.round((at - start) / 1000)} s`);
    io.err.flush().catch(() => {});
  }
  function summary(): string {
    const late = recorder.late.size === 0 ? "" : `; recorded from the middle: ${[...recorder.late].join(", ")}`;
    const found = findings === 0 ? "" : `; memcheck: ${counted(findings, "occurrence")}, which 'teemem report' tells`;
    return `${counted(writer.rows, "row")}${heard.summary()}, ${grouped(file.bytes)} bytes${late}${found}`;
  }
  function note(name: string, command = ""): void {
    reach(io.clock());
    writer.add({ op: "mark", heap: "core", time: now, name, command });
  }
  function timed(): void {
    const at = io.clock();
    reach(at);
    tick(at);
  }
  const timer = setInterval(timed, Math.min(interval, FLUSH_MS));
  return {
    feed(event, time) {
      reach(time);
      recorder.feed(event);
      if (event.kind === "finding") findings++;
      tick(time);
    },
    sample(samples, at = io.clock()) {
      reach(at);
      for (const one of samples) writeSample({ ...one, time: now, ...(boot === 0 ? {} : { boot }) }, writer);
    },
    moment(moment) {
      const at = io.clock();
      reach(at);
      // The clocks meet at the first moment that comes.
      zero ??= (moment.call?.from ?? moment.time) - now;
      writeMoment(since(zero, moment), writer);
      tick(at);
    },
    mark(what, command) {
      heard.mark(what);
      if (what !== "") note(what, command);
    },
    note,
    reboot() {
      boot++;
      note("rebooted");
    },
    asks: heard.asks,
    hear(bytes) {
      const at = io.clock();
      reach(at);
      heard.hear(bytes, now);
      tick(at);
    },
    end() {
      clearInterval(timer);
      reach(io.clock());
      sample();
      heard.flush(now);
      writer.end();
      if (drawn) io.err.write("\r\x1b[K");
    },
    summary,
    recorded: () => ({ rows: writer.rows, bytes: file.bytes, late: [...recorder.late], findings }),
  };
}
