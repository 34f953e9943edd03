// Failures and headroom over the size of a pool.

import { roundUp } from "../../base/integer.ts";
import { FIRST_POOL_MIN } from "../../malloc/add_pool.ts";
import type { Ask, SmallestPool } from "./pool_search.ts";
import { SPOILT, type TrialHeap, type TrialOutcome, UNSERVED } from "./pool_trial.ts";

/** What one pool size gives with one fit. */
export interface CurvePoint {
  /** Requests that fail but had succeeded, and requests that fail again but some pool would serve. */
  readonly newFailures: number;
  readonly unserved: number;
  /** Marks with such a request, or with a block missing at their begin. */
  readonly spoiltMarks: number;
  /** Bytes never allocated, even at the peak. */
  readonly headroom: number;
}

/** Failures and headroom over the size of the pool, for both fits. Bytes. */
export type SizeCurve = readonly { readonly pool: number; readonly first: CurvePoint; readonly best: CurvePoint }[];

interface Built {
  readonly heap: TrialHeap;
  readonly outcomes: readonly TrialOutcome[];
}

const POINTS = 14;
const NICE = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];

/** Sizes around the answers of both fits, in round steps; those that were not tried yet are tried. */
export async function sizeCurve(
  until: number,
  variants: readonly { readonly served: SmallestPool }[],
  built: readonly Built[],
  run: (heap: TrialHeap, asks: readonly Ask[]) => Promise<readonly TrialOutcome[]>,
): Promise<SizeCurve> {
  const answers = variants.map(({ served }) => served.pool).filter((pool) => pool !== null);
  if (answers.length < 2) return [];
  const low = Math.min(...answers) * 0.85;
  const high = Math.max(...answers) * 1.05;
  const step = NICE.find((size) => (high - low) / size <= POINTS) ?? roundUp(Math.ceil((high - low) / POINTS), 65536);
  const pools: number[] = [];
  for (let pool = Math.max(FIRST_POOL_MIN, roundUp(Math.floor(low), step)); pool <= high + step; pool += step)
    pools.push(pool);
  const columns = await Promise.all(built.map(({ heap, outcomes }) => pointsOf(pools, until, heap, outcomes, run)));
  const [first = [], best = []] = columns;
  return pools.map((pool, i) => ({ pool, first: first[i] as CurvePoint, best: best[i] as CurvePoint }));
}

async function pointsOf(
  pools: readonly number[],
  until: number,
  heap: TrialHeap,
  outcomes: readonly TrialOutcome[],
  run: (heap: TrialHeap, asks: readonly Ask[]) => Promise<readonly TrialOutcome[]>,
): Promise<CurvePoint[]> {
  const known = new Map(outcomes.filter((outcome) => outcome.until >= until).map((outcome) => [outcome.pool, outcome]));
  const asks = pools.filter((pool) => !known.has(pool)).map((pool) => ({ pool, until }));
  for (const outcome of await run(heap, asks)) known.set(outcome.pool, outcome);
  return pools.map((pool) => {
    const outcome = known.get(pool);
    if (outcome === undefined) return { newFailures: 0, unserved: 0, spoiltMarks: 0, headroom: 0 };
    const { newFailures, unserved, stages, peak } = outcome;
    const spoiltMarks = stages.filter((bits) => (bits & (SPOILT | UNSERVED)) !== 0).length;
    return { newFailures, unserved, spoiltMarks, headroom: pool - peak };
  });
}
