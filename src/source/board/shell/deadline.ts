// A time-out together with a caller's signal.

/** Aborts when the time is over or the caller's signal does. `clear` it in the end. */
interface Deadline {
  readonly signal: AbortSignal;
  clear(): void;
}

/** A deadline in so many milliseconds. */
export function deadline(ms: number, signal?: AbortSignal): Deadline {
  const own = new AbortController();
  const stop = (): void => own.abort();
  const timer = setTimeout(stop, ms);
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop, { once: true });
  return {
    signal: own.signal,
    clear() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    },
  };
}

/** Runs something that takes a signal, for at most so many milliseconds. */
export async function within<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const limit = deadline(ms, signal);
  try {
    return await work(limit.signal);
  } finally {
    limit.clear();
  }
}
