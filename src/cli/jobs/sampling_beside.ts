// Takes the counters that the events of a source do not tell, beside its events.
import { setTimeout } from "node:timers/promises";
import { err } from "../../base/result.ts";
import type { Question, TracedSource } from "../../source/source.ts";
import type { RecordSession } from "./record_session.ts";
import { samplesOf } from "./recording_of.ts";

/** A question is asked again after this many times as long as its answer took: nothing is seen of events meanwhile. */
const REST = 10;

/** Samples until the signal, each question at its own pace. `interval`: milliseconds, at least. */
export async function samplingBeside(
  source: TracedSource,
  session: Pick<RecordSession, "sample">,
  interval: number,
  signal: AbortSignal,
): Promise<void> {
  const { untold = [] } = source;
  await Promise.all(untold.map((question) => sampleAgain(question)));

  async function sampleAgain(question: Question): Promise<void> {
    const only: Pick<TracedSource, "answers" | "ask"> = {
      answers: new Set([question]),
      ask: async (asked, given) => (asked === question ? source.ask(asked, given) : err({ text: "" })),
    };
    while (!signal.aborted) {
      const begun = performance.now();
      const samples = await samplesOf(only, signal);
      // A heap that is busy, or a machine that boots, may answer later.
      // Whose a heap is may not be known, as while its TA goes: it has no series that it could be part of.
      if (samples.ok) session.sample(samples.value.samples.filter(({ heap }) => heap !== ""));
      await setTimeout(Math.max(interval, REST * (performance.now() - begun)), undefined, { signal }).catch(() => {});
    }
  }
}
