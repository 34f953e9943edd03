// Searches the smallest pool for several claims at once.
import { assert } from "../../base/assert.ts";
import { roundUp } from "../../base/integer.ts";
import type { TrialOutcome } from "./pool_trial.ts";

/** Something that a pool shall be large enough for. */
export interface Claim {
  /** Rows [0, until) decide. */
  readonly until: number;
  readonly holds: (outcome: TrialOutcome) => boolean;
  /** So many quanta above the answer, and below it, are tried without a gap; above it then every eighth, eight times as far. */
  readonly above: number;
  readonly below: number;
}

/** A pool size to be tried, and how many rows are needed to judge it. */
export interface Ask {
  readonly pool: number;
  readonly until: number;
}

/** Where and how finely to search. Sizes in bytes. */
export interface SearchOptions {
  /** Step between sizes: the allocator's quantum. */
  readonly quantum: number;
  /** Smallest size to try. */
  readonly least: number;
  /** Largest size to begin with; it grows if it is not enough, up to `limit`. */
  readonly ceiling: number;
  readonly limit: number;
  /** Sizes between `least` and `ceiling` that are tried first. */
  readonly grid: number;
  /** A gap between what fails and what works that is small enough; default a quantum. No window is tried around it then. */
  readonly near?: number;
  /** What replays have shown already. */
  readonly known?: readonly TrialOutcome[];
}

/** The smallest pool from which on every larger size that was tried works. */
export interface SmallestPool {
  /** Bytes; null if not even `limit` does. */
  readonly pool: number | null;
  /** The largest size tried that does not work: one quantum less; null if the smallest tried works. */
  readonly fails: number | null;
  /** Sizes below that work by luck, as success is not monotonic in the size. Ascending. */
  readonly lucky: readonly number[];
  /** All sizes of this range that are multiples of the quantum were tried. */
  readonly from: number;
  readonly to: number;
  /** From `to` up to here, every eighth multiple was tried. */
  readonly far: number;
  /** How many sizes were tried in all. */
  readonly tried: number;
}

const STRIDE = 8;

/** Performs replays, in any order and at the same time; answers come in the order of the asks. */
type TrialRunner = (asks: readonly Ask[]) => Promise<readonly TrialOutcome[]>;

/**
 * Finds the smallest pool for each claim: a coarse grid, then a bisection of the gap above the largest size that fails,
 * to the quantum, then a window around the answer: every quantum near it, every eighth farther up. A size there that fails
 * moves the answer up, and the window with it. Claims share their trials.
 */
export async function searchPools(
  claims: readonly Claim[],
  run: TrialRunner,
  options: SearchOptions,
): Promise<{ readonly found: readonly SmallestPool[]; readonly outcomes: readonly TrialOutcome[] }> {
  const known = new Map(options.known?.map((outcome) => [outcome.pool, outcome]));
  const wanted = new Map<number, number>();
  const want = (pool: number, until: number): void => {
    if ((known.get(pool)?.until ?? 0) >= until) return;
    wanted.set(pool, Math.max(wanted.get(pool) ?? 0, until));
  };
  for (;;) {
    wanted.clear();
    for (const claim of claims) for (const pool of nextSizes(claim, known, options)) want(pool, claim.until);
    if (wanted.size === 0) break;
    const asks = Array.from(wanted, ([pool, until]) => ({ pool, until }));
    asks.sort((a, b) => b.until - a.until || b.pool - a.pool);
    const outcomes = await run(asks);
    assert(outcomes.length === asks.length, "every ask has its outcome");
    for (const outcome of outcomes) known.set(outcome.pool, outcome);
  }
  const found = claims.map((claim) => answer(claim, known, options));
  return { found, outcomes: [...known.values()].sort((a, b) => a.pool - b.pool) };
}

/** Largest size that fails (-1: none does) and smallest that works above it (infinity: none does). */
function bracket(claim: Claim, known: ReadonlyMap<number, TrialOutcome>): { fails: number; works: number } {
  let fails = -1;
  let works = Number.POSITIVE_INFINITY;
  for (const outcome of known.values()) {
    if (outcome.until >= claim.until && outcome.pool > fails && !claim.holds(outcome)) fails = outcome.pool;
  }
  for (const outcome of known.values()) {
    if (outcome.until >= claim.until && outcome.pool > fails && outcome.pool < works) works = outcome.pool;
  }
  return { fails, works };
}

/** What to try next for a claim; nothing if its answer is known. */
function nextSizes(claim: Claim, known: ReadonlyMap<number, TrialOutcome>, options: SearchOptions): number[] {
  const { quantum, least, ceiling, limit, grid, near = quantum } = options;
  const { fails, works } = bracket(claim, known);
  if (fails < 0 && works === Number.POSITIVE_INFINITY) {
    const step = (ceiling - least) / Math.max(1, grid - 1);
    return Array.from({ length: grid }, (_, i) => roundUp(Math.round(least + i * step), quantum));
  }
  if (works === Number.POSITIVE_INFINITY) {
    const larger = Math.min(limit, roundUp(Math.ceil(fails * 1.25), quantum));
    return larger > fails ? [larger] : [];
  }
  const low = fails < 0 ? least - quantum : fails;
  if (works - low > near) return [low + roundUp((works - low) / 2, quantum)].filter((pool) => pool < works);
  if (near > quantum) return [];
  const { from, to, far } = windowOf(works, claim, options);
  return [...sizes(from, to, quantum), ...sizes(roundUp(to, STRIDE * quantum), far, STRIDE * quantum)];
}

function answer(claim: Claim, known: ReadonlyMap<number, TrialOutcome>, options: SearchOptions): SmallestPool {
  const { fails, works } = bracket(claim, known);
  const judged = [...known.values()].filter(({ until }) => until >= claim.until);
  const lucky = judged.filter((outcome) => outcome.pool < fails && claim.holds(outcome)).map(({ pool }) => pool);
  const pool = works === Number.POSITIVE_INFINITY ? null : works;
  const window = windowOf(pool ?? fails, claim, options);
  return {
    pool,
    fails: fails < 0 ? null : fails,
    lucky: lucky.sort((a, b) => a - b),
    ...window,
    tried: judged.length,
  };
}

function windowOf(
  pool: number,
  { above, below }: Claim,
  { quantum, least, limit }: SearchOptions,
): Pick<SmallestPool, "from" | "to" | "far"> {
  const step = STRIDE * quantum;
  return {
    from: Math.max(least, pool - below * quantum),
    to: Math.min(limit, pool + above * quantum),
    // Multiples of the step, so that the windows of several claims share them.
    far: Math.min(limit, roundUp(pool + above * step, step)),
  };
}

function sizes(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, i) => from + i * step);
}
