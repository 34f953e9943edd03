// Places of a curve of refusals over pool sizes.
import type { SizeCurve } from "../../../analyze/size/curve.ts";

/** Pixels around the curve. */
const MARGIN = { left: 64, right: 16, top: 14, bottom: 34 } as const;

/** A recorded pool so many times as large as the largest size of the curve would leave it no room. */
const FAR = 1.5;

/** Where sizes and numbers of refusals lie. */
export interface CurveScale {
  x(pool: number): number;
  /** On a logarithmic scale that has 0. */
  y(refused: number): number;
  readonly pools: readonly number[];
  readonly counts: readonly number[];
  readonly bottom: number;
  /** The recorded pool is far beyond: it stands at the right edge, off the scale. */
  readonly beyond: boolean;
}

export type CurvePlace = { readonly pool: number; readonly first: number; readonly best: number };

/** How many requests each size refuses, with first and with best fit. */
export function refusals(curve: SizeCurve): CurvePlace[] {
  return curve.map(({ pool, first, best }) => ({
    pool,
    first: first.newFailures + first.unserved,
    best: best.newFailures + best.unserved,
  }));
}

export function curveScale(places: readonly CurvePlace[], pool: number, width: number, height: number): CurveScale {
  const pools = places.map((place) => place.pool);
  const beyond = pool > FAR * Math.max(...pools);
  const shown = beyond ? pools : [...pools, pool];
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const most = places.reduce((top, { first, best }) => Math.max(top, first, best), 1);
  const bottom = height - MARGIN.bottom;
  const wide = width - MARGIN.left - MARGIN.right;
  return {
    x: (size) => MARGIN.left + wide * Math.min(1, (size - low) / Math.max(1, high - low)),
    y: (refused) => bottom - ((bottom - MARGIN.top) * Math.log1p(refused)) / Math.log1p(most),
    pools: everyOther(pools, Math.max(2, Math.floor(wide / 90))),
    counts: [0, ...[1, 10, 100, 1000, 10_000, 100_000, 1_000_000].filter((count) => count <= most)],
    bottom,
    beyond,
  };
}

/** A text below an axis, by the pixel of its middle. */
interface Label {
  readonly text: string;
  readonly x: number;
}

/** Pixels between two labels. */
const APART = 10;

/** Labels moved so far that none is cut at the edge, without those that lie on one before them. */
export function placedLabels(labels: readonly Label[], widthOf: (text: string) => number, width: number): Label[] {
  const shown: Label[] = [];
  let end = 0;
  for (const { text, x } of [...labels].sort((a, b) => a.x - b.x)) {
    const half = widthOf(text) / 2;
    const at = Math.max(half, Math.min(x, width - half));
    if (shown.length > 0 && at - half < end + APART) continue;
    shown.push({ text, x: at });
    end = at + half;
  }
  return shown;
}

/** At most so many of some values, equally far from each other. */
function everyOther(values: readonly number[], most: number): number[] {
  const step = Math.max(1, Math.ceil(values.length / most));
  return values.filter((_, n) => n % step === 0);
}
