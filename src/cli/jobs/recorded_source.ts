// A source that is recorded on the way to whoever watches it.
import type { Result } from "../../base/result.ts";
import type { About, Answers, HeapEvent, Question, Source, SourceError, TracedSource } from "../../source/source.ts";
import type { LiveRecorder } from "./live_recorder.ts";
import { poolSamples, taSamples } from "./recording_of.ts";

/** True where its events are seen by who watches it. */
function tellsEvents(source: Source): source is TracedSource {
  return "events" in source && source.events !== undefined && !("looks" in source && source.looks === true);
}

/** The source with its events recorded as they are taken; of one that tells none, its answers. All else is its own. */
export function recordedSource(source: Source, recorder: LiveRecorder): Source {
  const told = tellsEvents(source);
  const events = told
    ? (): AsyncIterable<HeapEvent> => ({ [Symbol.asyncIterator]: () => seen(source, recorder) })
    : null;
  async function ask<Q extends Question>(
    question: Q,
    signal?: AbortSignal,
    about?: About,
  ): Promise<Result<Answers[Q], SourceError>> {
    recorder.asks(question);
    const answer = await source.ask(question, signal, about);
    recorder.asks("");
    if (answer.ok && !told) note(question, answer.value);
    return answer;
  }
  function note(question: Question, answer: Answers[Question]): void {
    if (question === "alloc") {
      const { pools, at } = answer as Answers["alloc"];
      recorder.sample(poolSamples(pools), at);
    }
    if (question === "ta") recorder.sample(taSamples(answer as Answers["ta"]), undefined);
  }
  async function close(): Promise<void> {
    await source[Symbol.asyncDispose]();
    recorder.end();
  }
  return new Proxy(source, {
    get(target, key) {
      if (key === "events" && events !== null) return events;
      if (key === "ask") return ask;
      if (key === Symbol.asyncDispose) return close;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function seen(source: TracedSource, recorder: LiveRecorder): AsyncIterator<HeapEvent> {
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
