// Runs a workload or a program while a source is recorded, or waits until the user ends it.
import { ok, type Result } from "../../base/result.ts";
import type { Source } from "../../source/source.ts";
import { stopSignal } from "../systems/signals.ts";
import type { ProgramOutput } from "./record_program.ts";
import { runClientProgram } from "./run_client.ts";
import { ENDED_WELL, failedRun, type RunEnd } from "./run_end.ts";
import { runOn } from "./stage.ts";
import type { Workload } from "./workload.ts";

/** Runs a workload, or a program, or waits. An error: it did not run. */
export async function runMeanwhile(
  words: readonly string[],
  workload: Workload | null,
  source: Source,
  over: Promise<unknown>,
  stdout: ProgramOutput = 1,
): Promise<Result<RunEnd>> {
  if (workload !== null) {
    const ran = await runOn(source, workload.run);
    return ok(ran.ok ? ENDED_WELL : failedRun(ran.error));
  }
  if (words.length === 0) {
    await waitForStop(over);
    return ok(ENDED_WELL);
  }
  // Not every program is a client of libteec.
  return runClientProgram(source, words, { needs: false, stdout });
}

/** Waits for a signal of the user, or until it is over. */
async function waitForStop(over: Promise<unknown>): Promise<void> {
  const waited = new AbortController();
  await Promise.race([stopSignal(waited.signal), over]);
  waited.abort();
}
