// Keeps what a watched system tells as a recording that grows, so that the page can look back.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { grouped } from "../../base/format.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { ServedRecording } from "../../serve/files/served_file.ts";
import { type HeapEvent, isTraced, type Source, type TracedSource } from "../../source/source.ts";
import { writeReason } from "../outputs/file_reason.ts";
import type { Io } from "../outputs/outcome.ts";
import type { Output } from "../outputs/output.ts";
import { openRecordFile, type RecordFile } from "./record_file.ts";
import { createRecordSession, type RecordSession } from "./record_session.ts";
import { servedIndex } from "./served_index.ts";

/** Recordings of watched systems. */
interface LiveRecordings {
  /** Those that there are, the latest last. */
  readonly list: readonly ServedRecording[];
  /** The same source, whose events are recorded on their way. One without events is given back as it is. */
  record(source: Source): Promise<Result<Source>>;
}

/** Where they are kept: a path for a name. */
type PlaceOf = (name: string) => string;

/** Milliseconds between two samples of counters. */
const INTERVAL = 1000;

/** Recordings that end when they have `most` bytes. */
export function liveRecordings(place: PlaceOf, most: number, io: Pick<Io, "err" | "clock">): LiveRecordings {
  const list: ServedRecording[] = [];
  // Progress is for those who record alone.
  const quiet = Object.create(io.err, { isTerminal: { value: false } }) as Output;

  async function begin(source: TracedSource): Promise<Result<Recorder>> {
    const name = `${fileName(source.name)}-${list.length + 1}.arrows`;
    const file = await openRecordFile(place(name), false);
    if (!file.ok) return file;
    const session = await createRecordSession(source, file.value, INTERVAL, { err: quiet, clock: io.clock });
    const recorder = createRecorder(source, session, file.value, most, (why) =>
      io.err.write(shown`teemem: ${printable(source.name)}: ${printable(why)}\n`),
    );
    const path = place(name);
    const growing = (): boolean => recorder.open;
    list.push({ id: `live-${list.length + 1}`, name, path, growing, index: servedIndex(path, growing) });
    return ok(recorder);
  }
  return {
    list,
    async record(source) {
      if (!isTraced(source) || source.looks === true) return ok(source);
      const recorder = await begin(source);
      return recorder.ok ? ok(recordedSource(source, recorder.value)) : recorder;
    },
  };
}

/** Takes events until it is full. */
interface Recorder {
  readonly open: boolean;
  feed(event: HeapEvent): void;
  end(): void;
}

function createRecorder(
  { console, name }: TracedSource,
  session: RecordSession,
  file: RecordFile,
  most: number,
  say: (why: string) => void,
): Recorder {
  const stop = console?.listen(session.hear, true);
  let open = true;
  function end(): void {
    if (!open) return;
    open = false;
    stop?.();
    session.end();
    file.close();
  }
  return {
    get open() {
      return open;
    },
    feed({ event, time }) {
      if (!open) return;
      if (event.kind === "lost") session.mark(`missed ${event.count}`, "");
      else session.feed(event, time);
      if (file.bytes < most && file.failure === "") return;
      end();
      say(
        file.failure ||
          `the recording of ${name} has ended at ${grouped(file.bytes)} bytes; --record FOLDER has no such limit`,
      );
    },
    end,
  };
}

/** The source with its events seen on their way. All else is the source's own. */
function recordedSource(source: TracedSource, recorder: Recorder): TracedSource {
  const events = (): AsyncIterable<HeapEvent> => ({ [Symbol.asyncIterator]: () => seen(source, recorder) });
  const close = async (): Promise<void> => {
    await source[Symbol.asyncDispose]();
    recorder.end();
  };
  return new Proxy(source, {
    get(target, key) {
      if (key === "events") return events;
      if (key === Symbol.asyncDispose) return close;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function seen(source: TracedSource, recorder: Recorder): AsyncIterator<HeapEvent> {
  const events = source.events()[Symbol.asyncIterator]();
  return {
    async next() {
      const next = await events.next();
      if (next.done) recorder.end();
      else recorder.feed(next.value);
      return next;
    },
    return: (value) => events.return?.(value) ?? Promise.resolve({ done: true, value }),
  };
}

/** A name of a source as part of a file name. */
function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, "_").slice(0, 80);
}

/** Recordings in a folder of the user, which is made; none takes the place of an older one. */
export function placeIn(folder: string, now: Date): Result<PlaceOf> {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    return err(`${printable(folder)}: ${writeReason(error)}`);
  }
  const stamp = now.toISOString().slice(0, 16).replace(":", "");
  return ok((name) => join(folder, `${stamp}-${name}`));
}
