// An answer of the worker to a question that changes all the time, as while a moment is dragged: one question is under way, and
// the newest one follows it. So something is drawn however fast the hand is.
import { useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "../state/app.ts";
import type { Kind } from "../worker/messages.ts";
import type { Questions } from "../worker/questions.ts";

interface Latest<T> {
  /** Undefined until there is one. */
  readonly value: T | undefined;
  readonly error: string;
  /** The answer to the present question is still to come. */
  readonly waits: boolean;
}

/** Questions are compared by their JSON. */
export function useLatest<K extends Kind>(kind: K, ask: Questions[K]["ask"]): Latest<Questions[K]["answer"]> {
  const { client } = useApp();
  const [latest, put] = useState<Latest<Questions[K]["answer"]>>({ value: undefined, error: "", waits: true });
  const state = useRef({ under: "", wanted: "", gone: false });
  const key = JSON.stringify(ask);
  useEffect(() => {
    const now = state.current;
    now.wanted = key;
    const send = (): void => {
      now.under = now.wanted;
      put((before) => ({ ...before, waits: true }));
      void client.ask(kind, JSON.parse(now.under) as Questions[K]["ask"]).then((answer) => {
        const isNewest = now.under === now.wanted;
        now.under = "";
        if (now.gone) return;
        if (answer.ok) put({ value: answer.value, error: "", waits: !isNewest });
        else put((before) => ({ ...before, error: answer.error, waits: !isNewest }));
        if (!isNewest) send();
      });
    };
    if (now.under === "") send();
  }, [client, kind, key]);
  useEffect(() => {
    const now = state.current;
    now.gone = false;
    return () => {
      now.gone = true;
    };
  }, []);
  return latest;
}
