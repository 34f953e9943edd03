// Waiting that can be ended: for time, for whoever may never answer, for a question under way.
import { setTimeout } from "node:timers/promises";

/** Waits so many milliseconds, or until the signal. */
export async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal, ref: true }).catch(() => {});
}

/** What it gives, or undefined where that takes longer, or at the signal. It goes on all the same. */
export async function withinTime<T>(work: Promise<T>, ms: number, signal?: AbortSignal): Promise<T | undefined> {
  const over = new AbortController();
  const end = (): void => over.abort();
  signal?.addEventListener("abort", end, { once: true });
  if (signal?.aborted === true) over.abort();
  try {
    return await Promise.race([work, pauseFor(ms, over.signal).then(() => undefined)]);
  } finally {
    signal?.removeEventListener("abort", end);
    over.abort();
  }
}
