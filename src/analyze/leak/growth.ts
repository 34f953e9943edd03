// Finds call sites that grow over many leak snapshots.

import { type Trend, trendOf } from "../trend.ts";
import { at, type LeakSnapshot } from "./snapshot.ts";

/** How one place grows over many snapshots. */
export interface SiteGrowth {
  readonly site: string;
  /** Of the bytes, for each step from one list of the series to the next. */
  readonly trend: Trend;
  /** Blocks for each step, the median of all pairs. */
  readonly blocks: number;
  /** Bytes in each snapshot. */
  readonly bytes: readonly number[];
  /** It grows on and on, and not by chance. */
  readonly leaks: boolean;
  /** It grew like that, but nothing of it was left when the heap ended: growth within a session, no leak. */
  readonly freed: boolean;
}

const SURE = 0.95;
const STEADY = 0.75;
/** Once or twice is a cache that filled. */
const RISES = 3;

/**
 * Growth for each step of all places that hold more at the end than at the beginning, the steepest first. A place leaks if
 * its median growth is above 0, it rose three times at least, three of four steps do not fall, and the test of Mann and
 * Kendall is 95 % sure.
 * Needs four snapshots: of three the test can not be that sure.
 */
export function leakGrowth(snapshots: readonly LeakSnapshot[]): SiteGrowth[] {
  const sites = new Set(snapshots.flatMap((snapshot) => [...snapshot.sites.keys()]));
  const steps = stepsBetween(snapshots);
  const left = snapshots.at(-1)?.left;
  const found: SiteGrowth[] = [];
  for (const site of sites) {
    const counts = snapshots.map((snapshot) => at(snapshot, site));
    const bytes = counts.map((count) => count.bytes);
    if ((bytes.at(-1) ?? 0) <= (bytes[0] ?? 0)) continue;
    const trend = perStep(trendOf(bytes), steps);
    const blocks = trendOf(counts.map((count) => count.blocks)).slope / steps;
    const grows = trend.slope > 0 && trend.confidence >= SURE && trend.steady >= STEADY && trend.rises >= RISES;
    const freed = grows && left !== undefined && !left.has(site);
    found.push({ site, trend, blocks, bytes, leaks: grows && !freed, freed });
  }
  return found.sort(
    (a, b) =>
      Number(b.leaks) - Number(a.leaks) ||
      b.trend.slope - a.trend.slope ||
      b.trend.mean - a.trend.mean ||
      (a.site < b.site ? -1 : 1),
  );
}

/** Steps from one snapshot to the next on average: more than one where not all of a series are here. */
function stepsBetween(snapshots: readonly LeakSnapshot[]): number {
  const [first, last] = [snapshots[0]?.index, snapshots.at(-1)?.index];
  if (first === undefined || last === undefined || last <= first) return 1;
  return (last - first) / (snapshots.length - 1);
}

function perStep(trend: Trend, steps: number): Trend {
  return { ...trend, slope: trend.slope / steps, mean: trend.mean / steps, error: trend.error / steps };
}
