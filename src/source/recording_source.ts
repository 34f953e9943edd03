// A recording as a source: it answers for one moment, as the system would have then.
import { TEE } from "../abi/errors.ts";
import { type AllocRecord, emptyRecord, type TaRecord } from "../abi/record.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { Recording, Sample } from "../recording/recording.ts";
import type { Release } from "../release/release.ts";
import { poolNames, RELEASES, releaseOf } from "../release/releases.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { type Moment, statsAt, tasAt } from "./recorded_moment.ts";
import type { Answers, Question, Source, SourceError } from "./source.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What is assumed where a recording does not name its release, or one that is not known. */
const [USUAL] = RELEASES;

/**
 * A source that answers for a moment of a recording, in microseconds on its clock; default its end. Counters come from the
 * events where there are any, else from the samples; pools that neither tells of show zeros. A trusted application that no
 * entry was recorded of counts as there from its first to its last operation, with one session.
 */
export function recordingSource(name: string, recording: Recording, moment = Number.POSITIVE_INFINITY): Source {
  const named = releaseOf(recording.version);
  const release = named.ok ? named.value : USUAL;
  const core = recording.traces.find(({ context }) => context === "core");
  const samples = recording.samples.filter(({ time }) => time <= moment);
  const pools = samples.filter(({ heap }) => !UUID.test(heap));
  const answers = new Set<Question>();
  if (core !== undefined || pools.length > 0) answers.add("alloc");
  if (recording.traces.length > 0 || pools.length < samples.length) answers.add("ta");
  const asks: { readonly [Q in Question]?: () => Answers[Q] } = {
    alloc: () => ({ release, pools: poolsAt(release, core, pools, moment) }),
    ta: () => [...tasAt(recording, moment), ...sampledTas(recording, samples)],
  };
  return {
    name,
    answers,
    async ask<Q extends Question>(question: Q, signal?: AbortSignal): Promise<Result<Answers[Q], SourceError>> {
      const call = "TEEC_InvokeCommand" as const;
      if (signal?.aborted === true) return err({ call, code: TEE.CANCEL, origin: 1, text: "given up" });
      const ask = answers.has(question) ? asks[question] : undefined;
      if (ask !== undefined) return ok(ask());
      return err({ call, code: TEE.NOT_SUPPORTED, origin: 1, text: "not recorded" });
    },
    async [Symbol.asyncDispose]() {},
  };
}

function poolsAt(
  release: Release,
  core: RecordedTrace | undefined,
  samples: readonly Sample[],
  moment: Moment,
): AllocRecord[] {
  return poolNames(release).map((name, n) => {
    if (n === 0 && core !== undefined) return { name, ...statsAt(core, 0, moment) };
    const sample = name === "" ? undefined : samples.findLast(({ heap }) => heap === name);
    return sample === undefined ? emptyRecord(name) : { name, ...sample.stats };
  });
}

/** Those of the latest report that has any; of applications whose events were recorded, events tell. */
function sampledTas({ traces }: Recording, samples: readonly Sample[]): TaRecord[] {
  const recorded = new Set(traces.map(({ context }) => context));
  const tas = samples.filter(({ heap }) => UUID.test(heap) && !recorded.has(`ta-${heap}`));
  const latest = tas.at(-1)?.time;
  return tas
    .filter(({ time }) => time === latest)
    .map(({ heap, stats }) => ({ uuid: heap, panicked: 0, sessions: 1, heap: { name: "", ...stats } }));
}
