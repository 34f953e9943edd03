// Finds heaps that grow, from their counters in several reports.
import { leastOf } from "../../base/extremes.ts";
import { median, type Trend, trendOf } from "../trend.ts";
import { type CounterSample, stretchesOf } from "./stretches.ts";

/** What became of the bytes in use from report to report. Bytes with block headers. */
export interface CounterTrend {
  /** Reports that were compared: the longest stretch without a new start. */
  readonly samples: number;
  /** How often the counters began anew: after a reset, a boot, or with a new instance of a TA. */
  readonly restarts: number;
  readonly first: number;
  readonly last: number;
  /** Steps in which it rose and fell. */
  readonly rises: number;
  readonly falls: number;
  /** Every step changed it by the same. */
  readonly even: boolean;
  /** Growth from report to report: the median of the slopes of all pairs. */
  readonly perSample: number;
  /** The same for a minute; null where the times are not known. */
  readonly perMinute: number | null;
  /** It grows on and on, and not by chance. */
  readonly grows: boolean;
  /** Size less bytes in use in the last report; null where a counter is not known. */
  readonly free: number | null;
  /** Whole reports until `free` is used up at this pace; null where it does not grow. */
  readonly samplesLeft: number | null;
}

const SURE = 0.95;
const STEADY = 0.75;
/** Once or twice is a cache that filled. */
const RISES = 3;
/** Of what it grew, what two thirds of the reports never fell below again must have grown by this share. */
const FLOOR = 0.4;
/** Of its pace, the last third must have kept this share. */
const GOES_ON = 0.25;
/** A third of a series that falls often must have so many values. */
const PART = 4;
/** One value of so many is left out at each end of what scatters: a jump, a dent. */
const OUTER = 8;
/** Reports that are nearer to one another are numbered, not timed. */
const SHORTEST = 1000;
const MINUTE = 60e6;

/** What became of a heap's bytes in use; undefined with fewer than two reports that tell them. `samples` ascend in time. */
export function counterTrend(samples: readonly CounterSample[]): CounterTrend | undefined {
  const stretches = stretchesOf(samples).map(knownOf);
  const longest = stretches.reduce((best, one) => (one.length >= best.length ? one : best), []);
  const [start, end] = [longest[0], longest.at(-1)];
  if (longest.length < 2 || start === undefined || end === undefined) return undefined;
  const values = longest.map(({ used }) => used);
  const steps = values.slice(1).map((value, i) => value - (values[i] as number));
  const trend = trendOf(values);
  const grows = isGrowing(values, trend);
  const minutes = (end.time - start.time) / MINUTE;
  const timed = end.time - start.time >= SHORTEST * steps.length;
  const free = end.size === undefined ? null : end.size - end.used;
  return {
    samples: values.length,
    restarts: stretches.length - 1,
    first: start.used,
    last: end.used,
    rises: steps.filter((step) => step > 0).length,
    falls: steps.filter((step) => step < 0).length,
    even: steps.every((step) => step === steps[0]),
    perSample: trend.slope,
    perMinute: timed ? (trend.slope * steps.length) / minutes : null,
    grows,
    free,
    samplesLeft: grows && free !== null ? Math.floor(free / trend.slope) : null,
  };
}

interface Known {
  readonly time: number;
  readonly used: number;
  readonly size: number | undefined;
}

/** The reports of a stretch that tell the bytes in use. */
function knownOf(stretch: readonly CounterSample[]): Known[] {
  return stretch.flatMap(({ time, stats: { allocated, size } }) =>
    allocated === undefined ? [] : [{ time, used: allocated, size }],
  );
}

/**
 * Grows on and on: the median slope is above 0, the test of Mann and Kendall is 95 % sure, and what it never fell below again
 * rises with it, up to its last third: a cache that filled stops, and one that is emptied falls back. It grew by more than what
 * scatters about it, a few reports left out. Three of four steps do not fall; a long series may have more.
 */
function isGrowing(values: readonly number[], { slope, confidence, steady, rises }: Trend): boolean {
  if (slope <= 0 || confidence < SURE || rises < RISES) return false;
  const third = Math.floor(values.length / 3);
  const total = slope * (values.length - 1);
  const [first, second, last] = [leastOf(values), leastOf(values.slice(third)), leastOf(values.slice(2 * third))];
  if (first >= second || second >= last || last - first < FLOOR * total) return false;
  if (median(values.slice(-third)) - median(values.slice(-2 * third, -third)) < GOES_ON * slope * third) return false;
  return total > scatterOf(values.map((value, i) => value - slope * i)) && (steady >= STEADY || third >= PART);
}

/** From the lowest to the highest, without the outermost. */
function scatterOf(values: readonly number[]): number {
  const left = Math.floor(values.length / OUTER);
  const sorted = Float64Array.from(values).sort();
  return (sorted.at(-1 - left) as number) - (sorted[left] as number);
}
