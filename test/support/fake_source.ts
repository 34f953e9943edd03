// Sources that are none: what a new kind of source looks like to the commands, in every way in which it can be poor.
import { setImmediate } from "node:timers/promises";
import { err, ok, type Result } from "../../src/base/result.ts";
import { RELEASES } from "../../src/release/releases.ts";
import type { Answers, HeapEvent, Question, Source, SourceError, TracedSource } from "../../src/source/source.ts";

/** What a fake source answers with: a value, or why not. */
export type FakeAnswers = { readonly [Q in Question]?: Answers[Q] | SourceError };

/** How it behaves. */
export interface Fake {
  readonly answers: FakeAnswers;
  /** Never answers, unless it is told to give up. */
  readonly hangs?: boolean;
  /** Why it is gone. */
  readonly lost?: string;
  /** Reports these, and ends; with `hangs` it does not end. */
  readonly events?: readonly HeapEvent[];
  /** Called with every question. */
  readonly onAsk?: (question: Question) => void;
  readonly onClose?: () => void;
  /** Called when it hangs behind its last event. */
  readonly onHang?: () => void;
}

const [RELEASE] = RELEASES;

/** A source of that kind. */
export function fakeSource(name: string, fake: Fake): Source | TracedSource {
  const { answers, hangs = false, lost = "", events, onAsk, onClose, onHang } = fake;
  let closed = false;
  return {
    name,
    version: "4.0.0",
    release: RELEASE,
    profile: "",
    lost,
    answers: new Set(Object.keys(answers) as Question[]),
    async ask<Q extends Question>(question: Q, signal?: AbortSignal): Promise<Result<Answers[Q], SourceError>> {
      onAsk?.(question);
      const answer = answers[question];
      if (answer === undefined) return err({ text: "not answered by a board" });
      if (hangs) await aborted(signal);
      if (signal?.aborted === true) return err({ text: "given up" });
      // As a board does, it takes its time, and whoever closes it gets no answer any more.
      await setImmediate();
      if (closed) return err({ text: "closed before it answered" });
      return isError(answer) ? err(answer) : ok(answer as Answers[Q]);
    },
    ...(events === undefined ? {} : { events: () => played(events, hangs ? onHang : null) }),
    async [Symbol.asyncDispose]() {
      closed = true;
      onClose?.();
    },
  };
}

async function* played(events: readonly HeapEvent[], hang: (() => void) | null = () => {}): AsyncGenerator<HeapEvent> {
  yield* events;
  if (hang === null) return;
  hang();
  await new Promise(() => {});
}

async function aborted(signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    if (signal?.aborted === true) resolve();
    else signal?.addEventListener("abort", () => resolve(), { once: true });
  });
}

function isError(answer: object): answer is SourceError {
  return "text" in answer;
}
