// Takes the counters of a source at intervals.
import { setTimeout } from "node:timers/promises";
import { err, ok, type Result } from "../../base/result.ts";
import type { Source } from "../../source/source.ts";
import type { RecordSession } from "./record_session.ts";
import { samplesOf } from "./recording_of.ts";

/** Samples a source every `interval` milliseconds, until the signal. */
export async function sampling(
  source: Source,
  session: RecordSession,
  interval: number,
  signal: AbortSignal,
): Promise<Result<void>> {
  while (!signal.aborted) {
    const samples = await samplesOf(source, signal, session.asks);
    session.asks("");
    if (!samples.ok) return signal.aborted ? ok(undefined) : err(samples.error.text);
    session.sample(samples.value.samples, samples.value.at);
    await setTimeout(interval, undefined, { signal }).catch(() => {});
  }
  return ok(undefined);
}
