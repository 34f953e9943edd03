// Waits for what a socket does, as long as a call has patience.
import type { EventEmitter } from "node:events";
import { setImmediate } from "node:timers/promises";
import type { SocketWait } from "../../tee/kernel/host/socket_service.ts";

/** Milliseconds that a timer can wait. */
const LONGEST = 2 ** 31 - 1;

/** Lets the events come that are due. */
export function turn(): Promise<void> {
  return setImmediate();
}

/**
 * Waits until `ready`, which is asked again after each of the events. False if the time was over first, or the call was
 * cancelled.
 */
export async function waitFor(
  emitter: EventEmitter,
  events: readonly string[],
  ready: () => boolean,
  { timeout, signal }: SocketWait,
): Promise<boolean> {
  if (ready()) return true;
  if (signal?.aborted) return false;
  // What has arrived is seen in the next turn, also by a call that does not wait.
  await turn();
  if (ready()) return true;
  return new Promise((resolve) => {
    const timer = timeout === null ? undefined : setTimeout(() => end(ready()), Math.min(timeout, LONGEST));
    const look = (): void => {
      if (ready()) end(true);
    };
    const stop = (): void => end(false);
    const end = (answer: boolean): void => {
      clearTimeout(timer);
      for (const event of events) emitter.off(event, look);
      signal?.removeEventListener("abort", stop);
      resolve(answer);
    };
    for (const event of events) emitter.on(event, look);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
