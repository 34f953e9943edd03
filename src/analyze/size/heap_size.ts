// Finds the smallest pools of one heap, for every variant of the allocator.

import { roundUp } from "../../base/integer.ts";
import type { Word } from "../../heap/geometry.ts";
import { geometryOf } from "../../heap/geometry.ts";
import { FIRST_POOL_MIN } from "../../malloc/add_pool.ts";
import { recordedBuild } from "../../replay/recorded_build.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { MAX_POOL } from "../../replay/what_if.ts";
import { type HeapKnob, knobOfHeap } from "../heap_knob.ts";
import { poolOf } from "../report/peak.ts";
import { claimsOf, type HeapSizeOptions, type TestSize } from "./claims.ts";
import { type SizeCurve, sizeCurve } from "./curve.ts";
import { type Ask, type Claim, type SearchOptions, type SmallestPool, searchPools } from "./pool_search.ts";
import type { TrialHeap, TrialOutcome, TrialPlan } from "./pool_trial.ts";

/** Replays a trace in a heap; all asks of a call may run at the same time. `brief`: see `TrialJob`. */
export type HeapRunner = (heap: TrialHeap, brief: boolean, asks: readonly Ask[]) => Promise<readonly TrialOutcome[]>;

/** An allocator and the smallest pools that do with it. */
export interface VariantSize extends TrialHeap {
  /** Nothing fails that had not failed in the recording. Null where only `served` was looked for. */
  readonly asRecorded: SmallestPool | null;
  /** Nor is anything refused that some pool would serve. The same search as `asRecorded` where nothing was. */
  readonly served: SmallestPool;
  /** What fails one step below `served`; null if not known. */
  readonly below: TrialOutcome["first"];
}

/** How large the pool of one heap has to be. Bytes. */
export interface HeapSize {
  readonly heap: string;
  readonly version: string;
  readonly operations: number;
  readonly instances: number;
  readonly word: Word;
  readonly leakHeaders: boolean;
  /** Largest recorded pool of an instance. */
  readonly pool: number;
  readonly knob: HeapKnob;
  readonly quantum: number;
  /** Requests that failed in the recording that some pool would have served. */
  readonly curable: number;
  /** As built with first fit and best fit, then with what else was asked for. */
  readonly variants: readonly VariantSize[];
  readonly tests: readonly TestSize[];
  readonly curve: SizeCurve;
}

const FITS = ["first", "best"] as const;
const GRID = 24;
/** A rough answer is known to this share of the peak. */
const ROUGH = 1 / 64;

/** Looks for the smallest pools of a heap with its recorded program. */
export async function heapSize(
  trace: RecordedTrace,
  plan: TrialPlan,
  run: HeapRunner,
  options: HeapSizeOptions,
): Promise<HeapSize> {
  const build = recordedBuild(trace);
  const largest = trace.instances.reduce((best, _, n) => (poolOf(trace, n) > poolOf(trace, best) ? n : best), 0);
  const pool = poolOf(trace, largest);
  const claims = claimsOf(trace, plan, options);
  const peak = peakOf(trace);
  const search = (
    heap: TrialHeap,
    brief: boolean,
    wanted: readonly Claim[],
    more: Pick<SearchOptions, "near" | "known"> = {},
  ): ReturnType<typeof searchPools> =>
    searchPools(wanted, (asks) => run(heap, brief, asks), { ...searchOptions(trace, heap, pool, peak), ...more });

  const heaps = FITS.map((fit): TrialHeap => ({ fit, word: build.word, leakHeaders: build.leakHeaders }));
  const near = roundUp(Math.ceil(peak * ROUGH), geometryOf(build.word).quantum);
  const rough = [];
  for (const heap of heaps) rough.push(await search(heap, false, [claims.served], { near }));
  options.onRough?.(
    rough.map(({ found: [one] }, n) => {
      return { fit: FITS[n] as TrialHeap["fit"], fails: one?.fails ?? null, works: one?.pool ?? null };
    }),
  );
  const built = [];
  for (const [n, heap] of heaps.entries()) {
    built.push({ heap, ...(await search(heap, false, claims.all, { known: rough[n]?.outcomes ?? [] })) });
  }
  const variants: VariantSize[] = built.map(({ heap, found, outcomes }) => {
    const served = found[plan.curable.size > 0 ? 1 : 0] as SmallestPool;
    return { ...heap, asRecorded: found[0] ?? null, served, below: firstAt(outcomes, served.fails) };
  });
  for (const heap of options.variants ? otherHeaps(build) : []) {
    const { found, outcomes } = await search(heap, true, [claims.brief]);
    const served = found[0] as SmallestPool;
    variants.push({ ...heap, asRecorded: null, served, below: firstAt(outcomes, served.fails) });
  }
  const runAll = (heap: TrialHeap, asks: readonly Ask[]): Promise<readonly TrialOutcome[]> => run(heap, false, asks);
  return {
    heap: trace.context,
    version: trace.version,
    operations: trace.length,
    instances: trace.instances.length,
    word: build.word,
    leakHeaders: build.leakHeaders,
    pool,
    knob: knobOfHeap(trace.context, pool, trace.instances[largest]?.pools[0]?.length),
    quantum: geometryOf(build.word).quantum,
    curable: plan.curable.size,
    variants,
    tests: claims.tests(built.map(({ found }) => found)),
    curve: await sizeCurve(trace.length, variants.slice(0, 2), built, runAll),
  };
}

/** Most bytes allocated after a row. */
function peakOf(trace: RecordedTrace): number {
  return trace.allocated.reduce((most, value) => Math.max(most, value), 0);
}

function searchOptions(trace: RecordedTrace, { word }: TrialHeap, pool: number, peak: number): SearchOptions {
  const { quantum } = geometryOf(word);
  const ceiling = Math.min(
    MAX_POOL,
    roundUp(Math.ceil(Math.max(2048, peak * 1.25, Math.min(pool, peak * 2))), quantum),
  );
  // OP-TEE takes no smaller first pool; a start between two quanta costs one more.
  const aligned = trace.instances.every(({ pools }) => (pools[0]?.address ?? 0) % quantum === 0);
  return { quantum, least: aligned ? FIRST_POOL_MIN : FIRST_POOL_MIN + quantum, ceiling, limit: MAX_POOL, grid: GRID };
}

/** The heaps that differ from the recorded one in word size or leak headers, both fits each. */
function otherHeaps(build: { readonly word: Word; readonly leakHeaders: boolean }): TrialHeap[] {
  const { word, leakHeaders } = build;
  const other: Word = word === 8 ? 4 : 8;
  const builds = [
    { word, leakHeaders: !leakHeaders },
    { word: other, leakHeaders },
    { word: other, leakHeaders: !leakHeaders },
  ];
  return builds.flatMap((heap) => FITS.map((fit) => ({ fit, ...heap })));
}

function firstAt(outcomes: readonly TrialOutcome[], pool: number | null): TrialOutcome["first"] {
  return outcomes.find((outcome) => outcome.pool === pool)?.first ?? null;
}
