// Gets a recording from files or from a source: its events, or its current counters.
import { err, ok, type Result } from "../../base/result.ts";
import type { Recording, Sample } from "../../recording/recording.ts";
import type { Answers, Question, Source, SourceError } from "../../source/source.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { ask, unanswered } from "../systems/asking.ts";
import { openFiles } from "../systems/open_file.ts";
import type { SourceSetting } from "../systems/setting.ts";
import { interruptible } from "../systems/signals.ts";
import { openNamed } from "../systems/sources.ts";

/** What a recording can be made of. */
const FIGURES: readonly Question[] = ["recording", "alloc", "ta"];

/**
 * The recording that files make, or that of the source of `--on`. The error is how the command ends; `none` is said where neither
 * is given.
 */
export async function readRecorded(
  paths: readonly string[],
  setting: SourceSetting,
  none: string,
  io: Io,
): Promise<Result<Recording, CommandResult>> {
  const { on } = setting.options;
  if (on !== undefined && paths.length > 0) return err(err("files and --on are two sources: leave out one of them"));
  if (on === undefined && paths.length === 0) return err(err(none));
  const opened = on === undefined ? await openFiles(paths, io) : await openNamed(on, setting);
  if (!opened.ok) return err(opened);
  await using source = opened.value;
  if (!FIGURES.some((question) => source.answers.has(question)))
    return err(err(`${source.name} has neither a recording nor counters`));
  const recording = await recordingOf(source);
  return recording.ok ? recording : err(unanswered(source, recording.error, io));
}

/** The recording of a source; of one that has none, the counters of this moment. */
async function recordingOf(source: Source): Promise<Result<Recording, SourceError>> {
  if (source.answers.has("recording")) return ask(source, "recording");
  const samples = await interruptible((signal) => samplesOf(source, signal));
  if (!samples.ok) return samples;
  const { version } = source;
  return ok({ origin: source.name, version, traces: [], samples: samples.value.samples, entries: [] });
}

/** Counters of one moment. */
interface SampledMoment {
  /** All at the time 0. */
  readonly samples: readonly Sample[];
  /** When it was, in milliseconds on the source's clock; undefined for now. */
  readonly at: number | undefined;
}

/** The counters of every pool in use and every TA that a source reports. `onAsk` is told each question. */
export async function samplesOf(
  source: Pick<Source, "answers" | "ask">,
  signal: AbortSignal,
  onAsk: (question: Question) => void = () => {},
): Promise<Result<SampledMoment, SourceError>> {
  onAsk("alloc");
  const alloc = await source.ask("alloc", signal);
  if (!alloc.ok && source.answers.has("alloc")) return alloc;
  onAsk("ta");
  const ta = await source.ask("ta", signal);
  // Pools alone are enough: many builds do not report TAs.
  if (!ta.ok && !alloc.ok) return ta;
  const pools = alloc.ok ? poolSamples(alloc.value.pools) : [];
  const samples = [...pools, ...(ta.ok ? taSamples(ta.value) : [])];
  return ok({ samples, at: alloc.ok ? alloc.value.at : undefined });
}

/** Counters of the pools in use, as samples of the time 0. */
export function poolSamples(pools: Answers["alloc"]["pools"]): Sample[] {
  return pools.filter(({ size }) => size !== 0).map(({ name, ...stats }) => ({ time: 0, heap: name, stats }));
}

/** The same of the heaps of TAs. */
export function taSamples(tas: Answers["ta"]): Sample[] {
  return tas.map(({ uuid, heap: { name: _none, ...stats } }) => ({ time: 0, heap: uuid, stats }));
}
