// How fast a heap grows now, and when it will be full at that pace.
import { counterTrend } from "../../analyze/counters/trend.ts";
import { countLeading } from "../../base/bisect.ts";
import type { HeapState, History } from "../state/state.ts";

/** How it grows, see `HeapState`. */
export type Growth = Pick<HeapState, "growth" | "untilFull">;

/** Milliseconds that are looked back. */
const LOOK_BACK = 600_000;
/** Fewer points, or a shorter time in milliseconds, tell nothing. */
const LEAST_POINTS = 6;
const LEAST_TIME = 3000;
/** Values that are compared: all pairs of them. */
const VALUES = 40;
const MINUTE = 60_000;

export const NO_GROWTH: Growth = { growth: null, untilFull: null };

/** The growth over the last ten minutes, but not from before `since`, when its counters began anew. */
export function growthOf(
  { times, allocated }: History,
  size: number | null,
  since: number,
  lookBack = LOOK_BACK,
): Growth {
  const end = times.at(-1) ?? 0;
  const first = countLeading(times.length, (at) => (times[at] as number) < Math.max(since, end - lookBack));
  const points = times.length - first;
  const begin = times[first] ?? end;
  if (points < LEAST_POINTS || end - begin < LEAST_TIME) return NO_GROWTH;
  const values = Math.min(VALUES, points);
  const samples = [];
  let at = first;
  let same = true;
  for (let n = 0; n < values; n++) {
    const time = begin + ((end - begin) * n) / (values - 1);
    while (at + 1 < times.length && (times[at + 1] as number) <= time) at++;
    const used = allocated[at] as number;
    same &&= used === allocated[first];
    samples.push({ time: 1000 * time, stats: { allocated: used, ...(size === null ? {} : { size }) } });
  }
  if (same) return { growth: 0, untilFull: null };
  const trend = counterTrend(samples);
  if (trend === undefined || trend.perMinute === null) return NO_GROWTH;
  const { perMinute, grows, free } = trend;
  return { growth: perMinute, untilFull: grows && free !== null ? (free / perMinute) * MINUTE : null };
}
