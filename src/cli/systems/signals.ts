// The signals that end a program in an orderly way: Ctrl-C, kill, and the end of its terminal.
/** Their names. */
export const STOPPING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Resolves with the first of them that comes from now on; none of them ends the process by itself then, unless it comes a second
 * time. With an aborted `over` it resolves with null, and they do again.
 */
export function stopSignal(over?: AbortSignal): Promise<(typeof STOPPING)[number] | null> {
  return new Promise((resolve) => {
    const takes = STOPPING.map((name) => [name, () => resolve(name)] as const);
    const leave = (): void => {
      for (const [name, take] of takes) process.off(name, take);
      resolve(null);
    };
    if (over?.aborted === true) return resolve(null);
    for (const [name, take] of takes) process.once(name, take);
    over?.addEventListener("abort", leave, { once: true });
  });
}

/** Does something that the first of them aborts, which then does not end the process. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const [over, stop] = [new AbortController(), new AbortController()];
  void stopSignal(over.signal).then((name) => {
    if (name !== null) stop.abort();
  });
  try {
    return await work(stop.signal);
  } finally {
    over.abort();
  }
}
