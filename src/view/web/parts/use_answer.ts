// An answer of the worker inside of a component: asked again when the question changes, the old one then cancelled.
import { useEffect, useState } from "preact/hooks";
import { CANCELLED } from "../data/client.ts";
import { useApp } from "../state/app.ts";
import type { Kind } from "../worker/messages.ts";
import type { Questions } from "../worker/questions.ts";

interface Waited<T> {
  /** The latest answer, which may be of the question before; undefined until there is one. */
  readonly value: T | undefined;
  /** Empty while nothing failed. */
  readonly error: string;
  /** The answer to the present question is still to come; from 0 to 1. */
  readonly part: number | null;
}

/** `ask` null asks nothing. Questions are compared by their JSON. */
export function useAnswer<K extends Kind>(kind: K, ask: Questions[K]["ask"] | null): Waited<Questions[K]["answer"]> {
  const { client } = useApp();
  const [waited, put] = useState<Waited<Questions[K]["answer"]>>({ value: undefined, error: "", part: null });
  const key = ask === null ? "" : JSON.stringify(ask);
  useEffect(() => {
    if (ask === null) return put({ value: undefined, error: "", part: null });
    const controller = new AbortController();
    put((before) => ({ ...before, part: 0 }));
    const progress = (part: number): void => put((before) => ({ ...before, part }));
    void client.ask(kind, ask, { signal: controller.signal, progress }).then((answer) => {
      if (controller.signal.aborted) return;
      if (answer.ok) put({ value: answer.value, error: "", part: null });
      else if (answer.error !== CANCELLED) put({ value: undefined, error: answer.error, part: null });
    });
    return () => controller.abort();
  }, [client, kind, key]);
  return waited;
}
