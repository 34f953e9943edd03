// Asks a source for the counters of this moment.
import { ok, type Result } from "../../base/result.ts";
import type { Source, SourceError } from "../../source/source.ts";
import { momentReadings, poolReadings, type Reading, taReadings } from "../heaps/reading.ts";

/** The counters of a moment. */
export interface Figures {
  readonly readings: readonly Reading[];
  /** Kinds of heaps that were answered. */
  readonly answered: ReadonlySet<Reading["kind"]>;
  /** When it was, in milliseconds on the source's clock; undefined for now. */
  readonly at: number | undefined;
}

/** True where a source has counters to ask for. */
export function hasFigures({ answers }: Pick<Source, "answers">): boolean {
  return answers.has("alloc") || answers.has("ta") || answers.has("running");
}

/** Pools and TAs. Pools alone are enough: many builds do not report TAs. */
export async function askFigures(source: Source, signal: AbortSignal): Promise<Result<Figures, SourceError>> {
  const { answers } = source;
  const answered = new Set<Reading["kind"]>();
  const readings: Reading[] = [];
  let at: number | undefined;
  if (answers.has("alloc")) {
    const alloc = await source.ask("alloc", signal);
    if (!alloc.ok) return alloc;
    answered.add("pool");
    at = alloc.value.at;
    readings.push(...poolReadings(alloc.value.pools));
  }
  const tas = await askTas(source, signal);
  if (tas === undefined) return ok({ readings, answered, at });
  if (!tas.ok && !answers.has("alloc")) return tas;
  if (tas.ok) {
    answered.add("ta");
    readings.push(...tas.value);
  }
  return ok({ readings, answered, at });
}

/** A system that knows its instances tells real figures also where `ta` has zeros. */
async function askTas(source: Source, signal: AbortSignal): Promise<Result<Reading[], SourceError> | undefined> {
  if (source.answers.has("running")) {
    const running = await source.ask("running", signal);
    return running.ok ? ok(momentReadings(running.value)) : running;
  }
  if (!source.answers.has("ta")) return undefined;
  const ta = await source.ask("ta", signal);
  return ta.ok ? ok(taReadings(ta.value)) : ta;
}
