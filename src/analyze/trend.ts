/** How a row of numbers goes on. */
export interface Trend {
  /** Growth for each step: the median of the slopes of all pairs (Theil and Sen), which one jump or dent does not move. */
  readonly slope: number;
  /** The same by least squares, with its standard error. */
  readonly mean: number;
  readonly error: number;
  /** How sure it is that they rise, 0 to 1: 1 − p of the one-sided test of Mann and Kendall. */
  readonly confidence: number;
  /** Share of the steps that did not fall, 0 to 1. */
  readonly steady: number;
  /** Steps that rose. */
  readonly rises: number;
}

const MOST = 1000;

/**
 * The trend of equally distant values. Exact for the counts of up to 8 values, normal approximation above. Of more than
 * 1,000, every so many are taken, so that the pairs stay below half a million. Fewer than two values have no trend.
 */
export function trendOf(values: readonly number[]): Trend {
  const stride = Math.max(1, Math.ceil(values.length / MOST));
  const ys = stride === 1 ? values : values.filter((_, i) => (values.length - 1 - i) % stride === 0);
  const n = ys.length;
  if (n < 2) return { slope: 0, mean: 0, error: 0, confidence: 0, steady: 0, rises: 0 };
  const slopes: number[] = [];
  let score = 0;
  let steady = 0;
  let rises = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const rise = (ys[j] as number) - (ys[i] as number);
      slopes.push(rise / (j - i));
      score += Math.sign(rise);
    }
    if (i > 0 && (ys[i] as number) >= (ys[i - 1] as number)) steady++;
    if (i > 0 && (ys[i] as number) > (ys[i - 1] as number)) rises++;
  }
  const { mean, error } = leastSquares(ys);
  return {
    slope: median(slopes) / stride,
    mean: mean / stride,
    error: error / stride,
    confidence: score <= 0 ? 0 : 1 - (n <= EXACT ? exact(ys, score) : approximate(ys, score)),
    steady: steady / (n - 1),
    rises,
  };
}

const EXACT = 8;

function leastSquares(ys: readonly number[]): { mean: number; error: number } {
  const n = ys.length;
  const middle = (n - 1) / 2;
  const average = ys.reduce((sum, y) => sum + y, 0) / n;
  let squares = 0;
  let products = 0;
  for (const [x, y] of ys.entries()) {
    squares += (x - middle) ** 2;
    products += (x - middle) * (y - average);
  }
  const mean = products / squares;
  const rest = ys.reduce((sum, y, x) => sum + (y - average - mean * (x - middle)) ** 2, 0);
  return { mean, error: n > 2 ? Math.sqrt(rest / (n - 2) / squares) : 0 };
}

/** Share of the orders of these values that have this score or a higher one. */
function exact(ys: readonly number[], score: number): number {
  let all = 0;
  let high = 0;
  const place = (rest: readonly number[], placed: readonly number[], sum: number): void => {
    if (rest.length === 0) {
      all++;
      if (sum >= score) high++;
      return;
    }
    for (const [i, y] of rest.entries()) {
      const added = placed.reduce((total, before) => total + Math.sign(y - before), 0);
      place([...rest.slice(0, i), ...rest.slice(i + 1)], [...placed, y], sum + added);
    }
  };
  place(ys, [], 0);
  return high / all;
}

/** With the variance for ties. */
function approximate(ys: readonly number[], score: number): number {
  const n = ys.length;
  const ties = new Map<number, number>();
  for (const y of ys) ties.set(y, (ties.get(y) ?? 0) + 1);
  const of = (t: number): number => t * (t - 1) * (2 * t + 5);
  const variance = (of(n) - [...ties.values()].reduce((sum, t) => sum + of(t), 0)) / 18;
  return variance <= 0 ? 1 : upperTail((score - 1) / Math.sqrt(variance));
}

/** Chance of a normal variable above z (Abramowitz and Stegun 7.1.26, error below 2e-7). */
function upperTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (series * Math.exp(-x * x)) / 2;
  return z >= 0 ? tail : 1 - tail;
}

/** The middle of some numbers, or between the two in the middle; there must be one. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const high = sorted[middle] as number;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] as number)) / 2;
}
