// `--at`: a moment of a recording, in seconds or as a mark.
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Recording } from "../../recording/recording.ts";
import { endOfMark, timeOf } from "../../replay/trace_row.ts";
import type { Source } from "../../source/source.ts";
import { suggestOrList } from "../outputs/nearest.ts";
import { ask } from "../systems/asking.ts";

const SECOND = 1e6;

/** The moment that is meant, in microseconds; undefined for now, or the end. An error if the source has no past. */
export async function momentMeant(source: Source, at: string | undefined): Promise<Result<number | undefined>> {
  if (at === undefined) return ok(undefined);
  if (!source.answers.has("recording")) return err("--at is for a recording: add --on file:PATH");
  const recording = await ask(source, "recording");
  return recording.ok ? momentIn(recording.value, at) : err(recording.error.text);
}

function momentIn({ traces }: Recording, at: string): Result<number> {
  if (/^\d+(\.\d+)?$/.test(at)) return ok(Number(at) * SECOND);
  for (const trace of traces) {
    const end = endOfMark(trace, at);
    if (!end.ok) continue;
    if (end.value === trace.length) return ok(Number.POSITIVE_INFINITY);
    return ok(end.value === 0 ? 0 : timeOf(trace, end.value - 1));
  }
  const names = traces.flatMap(({ marks }) => marks.map(({ name }) => name));
  return err(`no mark '${clip(at)}' in this recording, and no number of seconds${suggestOrList(at, names)}`);
}
