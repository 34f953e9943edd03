// Asking with a signal: whoever is asked may never answer.
import { err, type Result } from "../base/result.ts";
import type { SourceError } from "./source.ts";

const GIVEN_UP: SourceError = { text: "given up" };

/** Asks, and gives up at a signal. */
export async function unlessAborted<T>(
  signal: AbortSignal | undefined,
  ask: () => Promise<Result<T, SourceError>>,
): Promise<Result<T, SourceError>> {
  if (signal === undefined) return ask();
  if (signal.aborted) return err(GIVEN_UP);
  let stop = (): void => {};
  const fired = new Promise<Result<T, SourceError>>((resolve) => {
    stop = () => resolve(err(GIVEN_UP));
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([ask(), fired]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
