// Asks the worker: one promise for each question, with cancellation and progress.
import { err, type Result } from "../../../base/result.ts";
import type { FromWorker, Kind, ToWorker } from "../worker/messages.ts";
import type { Questions } from "../worker/questions.ts";

interface AskOptions {
  /** Aborted where nobody waits any more: the promise then resolves to the error `CANCELLED`, and the worker stops. */
  readonly signal?: AbortSignal;
  /** Hears how far the answer is, from 0 to 1. */
  readonly progress?: (part: number) => void;
}

export interface WorkerClient {
  ask<K extends Kind>(kind: K, ask: Questions[K]["ask"], options?: AskOptions): Promise<Result<Questions[K]["answer"]>>;
}

/** The error of a question that was given up. */
export const CANCELLED = "cancelled";

/** The part of a worker that a client needs. */
interface WorkerPort {
  postMessage(message: ToWorker): void;
  addEventListener(kind: "message", hear: (event: { readonly data: FromWorker }) => void): void;
  addEventListener(kind: "error", hear: (event: { readonly message: string }) => void): void;
}

interface Waiting {
  readonly options: AskOptions;
  readonly answer: (result: Result<never>) => void;
}

/** A client of a worker. If the worker itself fails, all questions are answered with the failure. */
export function createWorkerClient(worker: WorkerPort): WorkerClient {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let broken = "";
  worker.addEventListener("message", ({ data }) => {
    const one = waiting.get(data.id);
    if (one === undefined) return;
    if ("part" in data) return one.options.progress?.(data.part);
    waiting.delete(data.id);
    one.answer(data.result as Result<never>);
  });
  worker.addEventListener("error", ({ message }) => {
    broken = `the page's worker failed: ${message || "it could not be started"}. Load the page again.`;
    for (const one of waiting.values()) one.answer(err(broken));
    waiting.clear();
  });
  return {
    ask(kind, ask, options = {}) {
      if (options.signal?.aborted) return Promise.resolve(err(CANCELLED));
      if (broken !== "") return Promise.resolve(err(broken));
      const id = ++last;
      return new Promise((answer) => {
        waiting.set(id, { options, answer });
        options.signal?.addEventListener("abort", () => {
          if (!waiting.delete(id)) return;
          worker.postMessage({ id, kind: "cancel" });
          answer(err(CANCELLED));
        });
        worker.postMessage({ id, kind, ask });
      });
    },
  };
}
