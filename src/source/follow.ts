// Feeds a sink with the events of a source, for those who want to know when it has them all.
import { setImmediate } from "node:timers/promises";
import type { TeeEvent } from "../tee/monitor/event.ts";
import type { TracedSource } from "./source.ts";

/** Events on their way from a source to a sink. */
export interface Following {
  /** How many the source left out. */
  readonly lost: number;
  /** Resolves when the source has no more. */
  readonly ended: Promise<void>;
  /** Resolves when the sink has had everything that happened until now, or at the signal. */
  caughtUp(signal?: AbortSignal): Promise<void>;
  /** Leaves the events. */
  stop(): void;
}

/** Follows a source from now on. `time` is that of the event, in milliseconds on the source's clock. */
export function follow(source: TracedSource, sink: (event: TeeEvent, time: number) => void): Following {
  const events = source.events()[Symbol.asyncIterator]();
  let lost = 0;
  let stopped = false;

  async function pump(): Promise<void> {
    for (let next = await events.next(); !stopped && !next.done; next = await events.next()) {
      const { time, event } = next.value;
      if (event.kind === "lost") lost += event.count;
      else sink(event, time);
    }
  }
  return {
    get lost() {
      return lost;
    },
    ended: pump(),
    async caughtUp(signal) {
      // What happened before a question comes before its answer; this one leaves no trace in the system.
      if (source.answers.has("running")) await source.ask("running", signal);
      // The iteration takes what has come before the event loop turns.
      await setImmediate();
    },
    stop() {
      stopped = true;
      // One that hangs would not return either.
      void events.return?.();
    },
  };
}
