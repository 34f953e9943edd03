// The figures of the tour: the failed request and the trials.

import { type Holder, holders } from "../../analyze/holders.ts";
import { type Holes, holesOf } from "../../analyze/holes.ts";
import { isRefused } from "../../analyze/refused.ts";
import { type PoolWalk, walkPool } from "../../heap/walk.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { extra } from "../../malloc/malloc.ts";
import { poolsOf } from "../../malloc/pools.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { type WhatIfOptions, whatIf } from "../../replay/what_if.ts";
import type { RecordedSystem } from "../../source/sim/recorded_system.ts";

/** A request that failed in the recorded run. */
interface Refusal {
  readonly row: number;
  readonly size: number;
  readonly place: string;
  readonly func: string;
}

/** The first failed request within a mark; undefined if there is none. */
export function firstRefusal(trace: RecordedTrace, mark: string): Refusal | undefined {
  const { from, to } = rowsOf(trace, mark);
  for (let row = from; row < to; row++) {
    if (!isRefused(trace, row)) continue;
    const site = trace.sites[trace.site[row] as number];
    return { row, size: trace.size[row] as number, place: site?.place ?? "", func: site?.func ?? "" };
  }
  return undefined;
}

/** The first row of a mark and the one behind its last. */
export function rowsOf(trace: RecordedTrace, mark: string): { readonly from: number; readonly to: number } {
  const index = trace.marks.findIndex(({ name }) => name === mark);
  return { from: trace.marks[index]?.row ?? trace.length, to: trace.marks[index + 1]?.row ?? trace.length };
}

/** The core heap as it lies: its pools, its free memory, and who holds the rest. */
interface HeapPicture {
  readonly walks: readonly PoolWalk[];
  /** Bytes in live blocks, headers included. */
  readonly allocated: number;
  readonly holes: Holes;
  readonly holders: readonly Holder[];
}

/** Takes a picture of the core heap of a recorded system. */
export function pictureOf(system: RecordedSystem): HeapPicture {
  const ctx = system.core.heap;
  const { header } = ctx.heap.geometry;
  const walks = walksOf(ctx);
  const live = walks
    .flatMap(({ blocks }) => blocks)
    .filter(({ free }) => !free)
    .map(({ at, size }) => ({ size, site: system.siteOf(at + header + extra(ctx)) ?? "the system itself" }));
  return { walks, allocated: ctx.heap.allocated, holes: holesOf(walks, header + extra(ctx)), holders: holders(live) };
}

/** How the recorded run would have gone in another heap. */
export interface Trial {
  readonly fit: "first" | "best";
  readonly pool: number;
  /** Requests that failed there, and had not been or not only been refused in the recording. */
  readonly refused: number;
  readonly peak: number;
}

/** Replays the run up to a mark's end in another heap, and counts what fails within that mark. */
export function tryHeap(trace: RecordedTrace, mark: string, options: Pick<Trial, "fit" | "pool">): Trial {
  const { from, to } = rowsOf(trace, mark);
  const request: WhatIfOptions = { ...options, until: to, keep: 1000 };
  const report = whatIf(trace, request);
  if (!report.ok) return { ...options, refused: Number.POSITIVE_INFINITY, peak: 0 };
  const refused = report.value.refused.filter(({ row, recorded }) => row >= from || !recorded).length;
  return { ...options, refused, peak: report.value.lives[0]?.peak ?? 0 };
}

/** Bytes to which a small pool is looked for. */
export const HALVED = 256;

/** Bisects for a small pool in which nothing fails, to `HALVED` bytes. Success is not monotonic in the size, so it is one such, not the smallest. */
export function smallPool(trace: RecordedTrace, mark: string, fit: Trial["fit"], from: number, to: number): Trial {
  let fails = from;
  let works = tryHeap(trace, mark, { fit, pool: to });
  while (works.pool - fails > HALVED) {
    const trial = tryHeap(trace, mark, { fit, pool: Math.round((fails + works.pool) / (2 * HALVED)) * HALVED });
    if (trial.pool <= fails || trial.pool >= works.pool) break;
    if (trial.refused === 0) works = trial;
    else fails = trial.pool;
  }
  return works;
}

function walksOf(ctx: MallocContext): PoolWalk[] {
  return poolsOf(ctx).map((pool) => walkPool(ctx.heap.memory, pool));
}
