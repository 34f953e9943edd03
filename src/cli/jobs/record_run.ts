// Runs a workload or a program while a source is recorded, or waits until the user ends it.
import { err, ok, type Result } from "../../base/result.ts";
import type { Source } from "../../source/source.ts";
import { stopSignal } from "../systems/signals.ts";
import { runRecorded } from "./record_program.ts";
import { runOn } from "./stage.ts";
import type { Workload } from "./workload.ts";

/** Runs a workload, or a program, or waits. The outer error: it did not run. The inner one: it ran, and failed. */
export async function runMeanwhile(
  words: readonly string[],
  workload: Workload | null,
  source: Source,
  over: Promise<unknown>,
): Promise<Result<Result<void>>> {
  if (workload !== null) return ok(await runOn(source, workload.run));
  if (words.length === 0) {
    await waitForStop(over);
    return ok(ok(undefined));
  }
  if (source.socket === undefined) return err(`${source.name} takes no calls: leave out the workload`);
  const socket = await source.socket();
  if (!socket.ok) return socket;
  const end = await runRecorded(words, socket.value);
  if (!end.ok) return end;
  const { code, signal } = end.value;
  if (code === 0) return ok(ok(undefined));
  return ok(err(`'${words[0]}' ended with ${signal === null ? `exit code ${code}` : signal}`));
}

/** Waits for a signal of the user, or until it is over. */
async function waitForStop(over: Promise<unknown>): Promise<void> {
  const waited = new AbortController();
  await Promise.race([stopSignal(waited.signal), over]);
  waited.abort();
}
