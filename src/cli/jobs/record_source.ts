// Records a source while something runs: its events, or its counters at intervals.
import { setImmediate } from "node:timers/promises";
import { ok, type Result } from "../../base/result.ts";
import { follow } from "../../source/follow.ts";
import { isTraced, type Source, type TracedSource } from "../../source/source.ts";
import { interruptible } from "../systems/signals.ts";
import type { RecordSession } from "./record_session.ts";
import { andWrong, ENDED_WELL, failedRun, type RunEnd } from "./run_end.ts";
import { type SamplingPlan, sampling } from "./sampling.ts";
import { samplingBeside } from "./sampling_beside.ts";
import { lostOnTheWay } from "./watch_stage.ts";

/** What runs meanwhile. */
export interface RecordPlan extends Omit<SamplingPlan, "signal"> {
  /** For the mark of what runs; empty where nothing does. */
  readonly name: string;
  readonly command: string;
  /** Runs it; `over` is when the source has no more to tell. An error: it could not be started. */
  run(over: Promise<unknown>): Promise<Result<RunEnd>>;
}

/** How it went. An error: what should run could not be started. */
type RecordEnd = Result<RunEnd>;

/** Records, and closes the source. */
export async function recordSource(source: Source, session: RecordSession, plan: RecordPlan): Promise<RecordEnd> {
  return isTraced(source) ? recordEvents(source, session, plan) : recordSamples(source, session, plan);
}

/** Records what the secure console says while something else is recorded, and closes the source. */
export async function hearing(
  source: Source,
  session: Pick<RecordSession, "hear">,
  record: () => Promise<RecordEnd>,
): Promise<RecordEnd> {
  const { console } = source;
  const stop = console?.listen(session.hear, true);
  const end = await record();
  // What is still on its way comes while the source closes.
  await source[Symbol.asyncDispose]();
  stop?.();
  if (!end.ok || console === undefined || console.ended === "") return end;
  return ok(andWrong(end.value, console.ended));
}

async function recordEvents(source: TracedSource, session: RecordSession, plan: RecordPlan): Promise<RecordEnd> {
  if (source.start !== undefined) session.mark("boot", "");
  const following = follow(source, session.feed);
  const over = new AbortController();
  const beside = samplingBeside(source, session, plan.interval, over.signal);
  const begun = (await source.start?.()) ?? ok(undefined);
  await interruptible((signal) => following.caughtUp(signal));
  const unable = begun.ok ? source.lost : begun.error;
  let ran: RecordEnd = ok(unable === "" ? ENDED_WELL : failedRun(unable));
  if (unable === "") {
    session.mark(plan.name, plan.command);
    ran = await plan.run(following.ended);
  }
  over.abort();
  await beside;
  await interruptible((signal) => following.caughtUp(signal));
  // The recording itself has to say so.
  if (following.lost > 0) session.mark(`missed ${following.lost}`, "");
  const { lost } = source;
  await source[Symbol.asyncDispose]();
  // Its end closes sessions, which is recorded as well.
  await setImmediate();
  following.stop();
  if (!ran.ok) return ran;
  return ok(andWrong(ran.value, lost || (following.lost === 0 ? "" : lostOnTheWay(following))));
}

async function recordSamples(source: Source, session: RecordSession, plan: RecordPlan): Promise<RecordEnd> {
  const over = new AbortController();
  session.mark(plan.name, plan.command);
  const polled = sampling(source, session, { ...plan, signal: over.signal });
  const ran = await plan.run(polled);
  over.abort();
  const sampled = await polled;
  const { lost } = source;
  await source[Symbol.asyncDispose]();
  return ran.ok ? ok(andWrong(ran.value, lost || (sampled.ok ? "" : sampled.error))) : ran;
}
