// The signals that end a program in an orderly way: Ctrl-C, kill, and the end of its terminal.
import { once } from "node:events";

/** Their names. */
export const STOPPING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Resolves with the first of them that comes from now on; none of them ends the process by itself then, unless it comes a second
 * time. With an aborted `over` it resolves with null, and they do again.
 */
export async function stopSignal(over?: AbortSignal): Promise<(typeof STOPPING)[number] | null> {
  const given = over === undefined ? {} : { signal: over };
  const heard = (name: (typeof STOPPING)[number]) =>
    once(process, name, given).then(
      () => name,
      () => null,
    );
  return Promise.race(STOPPING.map(heard));
}
