// WorkerAnswers the page's questions, side by side; a cancelled one stops at its next look at the signal.
import { err, type Result } from "../../../base/result.ts";
import type { FromWorker, Kind, ToWorker } from "./messages.ts";
import type { Questions } from "./questions.ts";

/** What an answer may use: whether it is still wanted, and a way to say how far it is. */
export interface PageWork {
  readonly signal: AbortSignal;
  progress(part: number): void;
}

/** One function for each question. */
export type WorkerAnswers = {
  readonly [K in Kind]: (ask: Questions[K]["ask"], work: PageWork) => Promise<Result<Questions[K]["answer"]>>;
};

/** Takes the messages of the page. `send` gives it the answers. */
export function createAnswering(
  answers: WorkerAnswers,
  send: (message: FromWorker) => void,
): (message: ToWorker) => void {
  const running = new Map<number, AbortController>();
  return (message) => {
    const { id } = message;
    if (message.kind === "cancel") {
      running.get(id)?.abort();
      running.delete(id);
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    const work: PageWork = {
      signal: controller.signal,
      progress: (part) => {
        if (running.has(id)) send({ id, part });
      },
    };
    const answer = answers[message.kind] as (ask: unknown, work: PageWork) => Promise<Result<unknown>>;
    void answer(message.ask, work)
      .catch((error: unknown) => err(`teemem made a mistake here: ${String(error)}. Please report it.`))
      .then((result) => {
        if (running.delete(id)) send({ id, result });
      });
  };
}
