// Writes what one watched system tells into a file, until that is full.
import { grouped } from "../../base/format.ts";
import type { Sample } from "../../recording/recording.ts";
import type { HeapEvent, Question, Source } from "../../source/source.ts";
import type { RecordFile } from "./record_file.ts";
import type { RecordSession } from "./record_session.ts";

/** Takes what a system tells. After its end it takes nothing. */
export interface LiveRecorder {
  /** False once it has ended. */
  readonly open: boolean;
  feed(event: HeapEvent): void;
  /** Counters, and when they were, in milliseconds on the clock; default now. */
  sample(samples: readonly Sample[], at: number | undefined): void;
  /** Which question is being asked; empty when it is answered. */
  asks(question: Question | ""): void;
  end(): void;
}

/** A recorder that ends at `most` bytes, or where it cannot write; then `say` is told why. */
export function createLiveRecorder(
  { console, name }: Pick<Source, "console" | "name">,
  session: RecordSession,
  file: RecordFile,
  most: number,
  say: (why: string) => void,
): LiveRecorder {
  const stop = console?.listen((bytes) => take(() => session.hear(bytes)), true);
  let open = true;
  function end(): void {
    if (!open) return;
    open = false;
    stop?.();
    session.end();
    file.close();
  }
  function take(write: () => void): void {
    if (!open) return;
    write();
    if (file.bytes < most && file.failure === "") return;
    end();
    say(
      file.failure ||
        `the recording of ${name} has ended at ${grouped(file.bytes)} bytes; --record FOLDER has no such limit`,
    );
  }
  return {
    get open() {
      return open;
    },
    feed: ({ event, time }) =>
      take(() => (event.kind === "lost" ? session.mark(`missed ${event.count}`, "") : session.feed(event, time))),
    sample: (samples, at) => take(() => session.sample(samples, at)),
    asks: (question) => take(() => session.asks(question)),
    end,
  };
}
