// Makes a recording of a file that the library of `teemem device preload` wrote.
import { linesOf } from "../base/lines.ts";
import { err, ok, type Result } from "../base/result.ts";
import { latin1 } from "../text/latin1.ts";
import type { ExactMoment } from "./moment.ts";
import { samplesOfMoment, since } from "./moment_rows.ts";
import { createMomentReader } from "./moments.ts";
import type { Recording } from "./recording.ts";

/** The recording of the lines of a file. The error says why there is none. */
export function importMoments(bytes: Uint8Array, origin: string): Result<Recording> {
  const found: ExactMoment[] = [];
  const reader = createMomentReader((moment) => found.push(moment));
  for (const line of linesOf(latin1(bytes, 0, bytes.length))) reader.take(line);
  const [first] = found;
  if (first === undefined) return err("no line of exact moments in it is whole");
  // The first thing that happened may be the call behind which the first look was.
  const start = Math.min(...[first.time, first.call?.from ?? first.time]);
  const moments = found.map((moment) => since(start, moment));
  const samples = moments.flatMap(samplesOfMoment).filter(({ stats }) => stats.allocated !== undefined);
  return ok({
    origin,
    version: "",
    traces: [],
    samples,
    entries: [],
    moments,
    ...(reader.lost > 0 ? { cut: true } : {}),
  });
}
