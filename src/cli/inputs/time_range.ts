// Parses stretches of time of options.
import type { TimeRange } from "../../analyze/ranges/time_range.ts";
import { err, ok, type Result } from "../../base/result.ts";

const MOMENT = /^(\d+(?:\.\d+)?)(us|ms|s|min|h|)$/;
const MICROSECONDS: Readonly<Record<string, number>> = { us: 1, ms: 1e3, "": 1e6, s: 1e6, min: 60e6, h: 3600e6 };

/** Reads `FROM..TO`: seconds, or a number with us, ms, s, min or h. Without FROM it is 0, without TO there is no end. */
export function parseTimeRange(text: string): Result<TimeRange> {
  const dots = text.indexOf("..");
  const from = dots < 0 ? Number.NaN : momentOf(text.slice(0, dots), 0);
  const to = dots < 0 ? Number.NaN : momentOf(text.slice(dots + 2), Number.POSITIVE_INFINITY);
  if (from <= to) return ok({ from, to });
  return err("Expected a stretch of time like 0..529.232 (seconds), 250ms..2min, 10.. or ..10.");
}

/** Whole microseconds; not a number where it is none. */
function momentOf(text: string, otherwise: number): number {
  if (text === "") return otherwise;
  const match = MOMENT.exec(text);
  return match === null ? Number.NaN : Math.round(Number(match[1]) * (MICROSECONDS[match[2] ?? ""] ?? Number.NaN));
}
