// A recording as a source: it answers for one moment, as the system would have then.
import { emptyRecord, type PartialRecord, type PartialTa } from "../../abi/record.ts";
import { isTaName } from "../../abi/uuid.ts";
import { err, ok } from "../../base/result.ts";
import { tracesOfOperations } from "../../recording/list_row.ts";
import type { Recording, Sample } from "../../recording/recording.ts";
import type { Release } from "../../release/release.ts";
import { HEAP_NAME, poolNames, RELEASES, releaseOf } from "../../release/releases.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { unlessAborted } from "../give_up.ts";
import type { About, Answers, Question, Source } from "../source.ts";
import { type RecordedTime, statsAt, tasAt } from "./recorded_moment.ts";

/** What is assumed where a recording does not name its release, or one that is not known. */
const [USUAL] = RELEASES;

/** Undefined where nothing was recorded up to the moment. */
type Asks = { readonly [Q in Question]?: (moment: RecordedTime) => Answers[Q] | undefined };

/**
 * A source that answers for a moment of a recording, in microseconds on its clock; default its end. Counters come from the
 * events where there are any, else from the samples. A TA that no entry was recorded of counts as there from its first to its last operation, with one session.
 */
export function recordingSource(name: string, recording: Recording, moment = Number.POSITIVE_INFINITY): Source {
  const named = releaseOf(recording.version);
  const release = named.ok ? named.value : USUAL;
  const asks = asksOf(recording, release);
  return {
    name,
    version: recording.version,
    release,
    profile: "",
    lost: "",
    answers: new Set(Object.keys(asks) as Question[]),
    async ask(question, signal, { at = moment }: About = {}) {
      return unlessAborted(signal, async () => {
        const answer = asks[question]?.(at);
        return answer === undefined ? err({ text: "not recorded" }) : ok(answer);
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}

function asksOf(whole: Recording, release: Release): Asks {
  // A leak list has blocks, but neither a pool nor counters.
  const recording = { ...whole, traces: tracesOfOperations(whole.traces) };
  const { traces } = recording;
  const core = traces.find(({ context }) => context === "core");
  const pools = recording.samples.filter(({ heap }) => !isTaName(heap));
  const tas = recording.samples.filter(({ heap }) => isTaName(heap));
  const alloc: Asks["alloc"] = (moment) => {
    const samples = until(pools, moment);
    if (core === undefined && samples.length === 0) return undefined;
    return { release, pools: poolsAt(release, core, samples, moment) };
  };
  const ta: Asks["ta"] = (moment) => {
    const samples = until(tas, moment);
    if (traces.length === 0 && samples.length === 0) return undefined;
    return [...tasAt(recording, moment), ...sampledTas(recording, samples)];
  };
  return {
    recording: () => whole,
    ...(core !== undefined || pools.length > 0 ? { alloc } : {}),
    ...(traces.length > 0 || tas.length > 0 ? { ta } : {}),
  };
}

function until(samples: readonly Sample[], moment: RecordedTime): readonly Sample[] {
  return samples.filter(({ time }) => time <= moment);
}

/** The core heap of the events, and each pool as its latest sample has it; without samples, all that the release has. */
function poolsAt(
  release: Release,
  core: RecordedTrace | undefined,
  samples: readonly Sample[],
  moment: RecordedTime,
): PartialRecord[] {
  const latest = new Map<string, PartialRecord>();
  if (core !== undefined) latest.set(HEAP_NAME, { name: HEAP_NAME, ...statsAt(core, 0, moment) });
  for (const { heap, stats } of samples)
    if (core === undefined || heap !== HEAP_NAME) latest.set(heap, { name: heap, ...stats });
  const others = samples.length > 0 ? [] : poolNames(release).slice(1);
  return [...latest.values(), ...others.map((name) => emptyRecord(name))];
}

/** Those of the latest report that has any; of TAs whose events were recorded, events tell. */
function sampledTas({ traces }: Recording, samples: readonly Sample[]): PartialTa[] {
  const recorded = new Set(traces.map(({ context }) => context));
  const tas = samples.filter(({ heap }) => !recorded.has(`ta-${heap}`));
  const latest = tas.at(-1)?.time;
  return tas
    .filter(({ time }) => time === latest)
    .map(({ heap, stats }) => ({ uuid: heap, heap: { name: "", ...stats } }));
}
