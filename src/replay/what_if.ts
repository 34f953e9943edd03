// Replays a recorded trace in another allocator or another pool.
import { err, ok, type Result } from "../base/result.ts";
import { bstats } from "../heap/bstats.ts";
import type { Word } from "../heap/geometry.ts";
import { HeapPanic } from "../heap/panic.ts";
import type { ContextOptions } from "../malloc/context.ts";
import { free, malloc, memalign } from "../malloc/malloc.ts";
import { isRelease, OP } from "../malloc/operation.ts";
import type { Release } from "../release/release.ts";
import { recordedBuild } from "./recorded_build.ts";
import type { Instance, RecordedTrace } from "./trace_columns.ts";
import { lineOf, markOf, tableRows } from "./trace_row.ts";
import {
  addNextPool,
  countFree,
  type HeapInstance,
  reportHeapInstance,
  startHeapInstance,
} from "./what_if_instance.ts";
import { failuresByMark, type LifeReport, type RefusedRequest, type WhatIfReport } from "./what_if_report.ts";

/** What is different from the recording. Everything left out is as recorded (the fit: first). */
export interface WhatIfOptions {
  readonly fit?: "first" | "best";
  /** Bytes of every instance's pool (of its first, if it has several): 1024 to 2^30. */
  readonly pool?: number;
  /** 8 for aarch64, 4 for arm: sizes of headers and smallest alignment. Requests stay as they were recorded. */
  readonly word?: Word;
  /** ENABLE_MDBG: leak headers around every payload. */
  readonly leakHeaders?: boolean;
  /** Default 4.0. No release places a block elsewhere. */
  readonly release?: Release;
  /** MEM_DEBUG: validates all pools before every operation, so it is slow. Changes no placement. Default false. */
  readonly debug?: boolean;
  /** Stop before this row, default the end. */
  readonly until?: number;
  /** How many failed requests of each kind (new or not) to describe, default 100. All are counted. */
  readonly keep?: number;
  /** End the replay after this many new failures, default never: to try out sizes, 1 is enough. */
  readonly stopAfter?: number;
  /** Is notified of every failed request, and whether it had been refused in the recording, too. True ends the replay. */
  readonly onRefused?: (row: number, recorded: boolean) => boolean;
  /** Is notified how many rows are done, now and then. */
  readonly onProgress?: (rows: number) => void;
}

/**
 * Replays a recorded trace in another allocator. A program whose request fails, or now succeeds, goes on in another
 * way than it did; a recording cannot show how. These rules replace it:
 *
 * - A request that failed in the recording and succeeds now is kept until the end of its mark. (A realloc of this kind
 *   moves its block, which is freed when the recording frees the old one.)
 * - A request that succeeded and fails now is missing: its free is skipped, a realloc of it allocates. (A realloc of this
 *   kind leaves the old block, as in C, which stands for the new one from then on.)
 * - Frees of blocks that the recording does not know are skipped.
 * - Sizes are those of the recording. With 32-bit words many structures would be smaller, so `word: 4` on a 64-bit
 *   recording overestimates payloads; only the allocator's own overhead is right.
 *
 * Payloads are neither written nor moved, which changes no placement and no counter. Errors: a pool that is too small or
 * too large, and a panic of the allocator, with the line of the trace.
 */
export function whatIf(trace: RecordedTrace, options: WhatIfOptions = {}): Result<WhatIfReport> {
  if (options.pool !== undefined && !(options.pool <= MAX_POOL))
    return err(`a pool of ${options.pool} bytes is too large: at most ${MAX_POOL} bytes`);
  const run = createRun(trace, options);
  const end = Math.min(options.until ?? trace.length, trace.length);
  let from = 0;
  for (const mark of [...trace.marks.map(({ row }) => row), end]) {
    const to = Math.min(mark, end);
    while (from < to && !run.stopped) {
      const chunk = Math.min(to, from + PROGRESS_ROWS);
      options.onProgress?.(from);
      const problem = runRows(run, from, chunk);
      if (problem !== null) return err(problem);
      from = chunk;
    }
    endMark(run);
  }
  for (const heap of run.heaps) if (heap) run.reports.push({ heap, report: reportHeapInstance(heap) });
  run.reports.sort((a, b) => a.heap.instance.first - b.heap.instance.first);
  const reports = run.reports.map(({ report }) => report);
  return ok({
    operations: run.operations,
    lives: reports,
    refused: run.refused,
    newFailures: run.newFailures,
    rescued: reports.reduce((sum, { rescued }) => sum + rescued, 0),
    skipped: run.skipped,
    byMark: failuresByMark(trace, run.byMark),
    stopped: run.stopped,
  });
}

/** Bytes of the largest pool that can be asked for. */
export const MAX_POOL = 2 ** 30;
const PROGRESS_ROWS = 65536;

interface Run {
  readonly trace: RecordedTrace;
  readonly build: ContextOptions;
  readonly pool: number | undefined;
  readonly keep: number;
  readonly stopAfter: number;
  readonly onRefused: ((row: number, recorded: boolean) => boolean) | null;
  /** Rows in which the allocator makes its own table of pools. */
  readonly tables: ReadonlySet<number>;
  /** By instance; null before and after it. */
  readonly heaps: (HeapInstance | null)[];
  readonly reports: { heap: HeapInstance; report: LifeReport }[];
  /** Payload offset by block, 0 for one that is not there. */
  readonly pointers: Int32Array;
  /** What was given to requests that failed in the recording, in this mark. */
  readonly extras: { heap: HeapInstance; pointer: number }[];
  readonly refused: RefusedRequest[];
  readonly kept: { new: number; recorded: number };
  readonly byMark: Int32Array;
  newFailures: number;
  skipped: number;
  operations: number;
  stopped: boolean;
}

function createRun(trace: RecordedTrace, options: WhatIfOptions): Run {
  const recorded = recordedBuild(trace);
  return {
    trace,
    build: {
      word: options.word ?? recorded.word,
      fit: options.fit ?? "first",
      leakHeaders: options.leakHeaders ?? recorded.leakHeaders,
      validate: options.debug ?? false,
      core: recorded.core,
      ...(options.release && { release: options.release }),
    },
    pool: options.pool,
    keep: options.keep ?? 100,
    stopAfter: options.stopAfter ?? Number.POSITIVE_INFINITY,
    onRefused: options.onRefused ?? null,
    tables: tableRows(trace),
    heaps: trace.instances.map(() => null),
    reports: [],
    pointers: new Int32Array(trace.blocks),
    extras: [],
    refused: [],
    kept: { new: 0, recorded: 0 },
    byMark: new Int32Array(trace.marks.length + 1),
    newFailures: 0,
    skipped: 0,
    operations: 0,
    stopped: false,
  };
}

/**
 * Replays rows of one mark. Returns what stopped it, or null. Creates nothing per row, unless a request fails. What
 * most rows are, a malloc or free that goes as recorded, is done here; `runRow` does all else.
 */
function runRows(run: Run, from: number, to: number): string | null {
  const { trace, heaps, pointers } = run;
  const { instance, op, makes, ends, size, allocated: recorded } = trace;
  let index = -1;
  let heap: HeapInstance | null = null;
  let row = from;
  try {
    for (; row < to && !run.stopped; row++) {
      if (instance[row] !== index || heap === null) {
        index = instance[row] as number;
        heap = heaps[index] ?? startHeapInstance(trace.instances[index] as Instance, index, run.build, run.pool);
        heaps[index] = heap;
      }
      const kind = op[row] as number;
      const given = ends[row] as number;
      const made = makes[row] as number;
      const { ctx } = heap;
      let pointer = 0;
      if (given >= 0 && isRelease(kind)) {
        const old = pointers[given] as number;
        pointers[given] = 0;
        if (old !== 0) free(ctx, old);
      } else if (made >= 0 && given < 0 && (kind === OP.M || kind === OP.C)) {
        pointer = malloc(ctx, size[row] as number, null);
        pointers[made] = pointer;
        if (pointer === 0) countFailure(run, heap, row, size[row] as number, 0);
      } else {
        const problem = runRow(run, heap, row);
        if (problem !== null) return `line ${lineOf(trace, row)}: ${problem}`;
      }
      const allocated = ctx.heap.allocated;
      if (allocated > heap.peak) {
        heap.peak = allocated;
        heap.peakRow = row;
      }
      const before = recorded[row] as number;
      heap.recordedAllocated = before;
      if (before > heap.recordedPeak) {
        heap.recordedPeak = before;
        heap.recordedPeakRow = row;
      }
      if (row === heap.instance.last) {
        run.reports.push({ heap, report: reportHeapInstance(heap) });
        heaps[index] = null;
        heap = null;
      }
    }
  } catch (error) {
    if (!(error instanceof HeapPanic)) throw error;
    return `line ${lineOf(trace, row)}: the allocator panics: ${error.message}`;
  } finally {
    run.operations += row - from;
  }
  return null;
}

/** Any row. Returns what is wrong with it, or null. */
function runRow(run: Run, heap: HeapInstance, row: number): string | null {
  const { trace, pointers } = run;
  const op = trace.op[row] as number;
  const given = trace.ends[row] as number;
  const made = trace.makes[row] as number;
  const old = given < 0 ? 0 : (pointers[given] as number);
  if (isRelease(op)) {
    if (given < 0 && trace.pointer[row] !== 0) run.skipped++;
    if (old === 0) return null;
    pointers[given] = 0;
    free(heap.ctx, old);
    return null;
  }
  const size = trace.size[row] as number;
  const alignment = op === OP.A ? (trace.arg[row] as number) : 0;
  if (op === OP.P) {
    const added = addNextPool(heap);
    return added.ok ? null : added.error;
  }
  if (op === OP.R && run.tables.has(row)) return null;
  const pointer = op === OP.A ? memalign(heap.ctx, alignment, size, null) : malloc(heap.ctx, size, null);
  if (made < 0) heap.recordedFailures++;
  if (pointer === 0) {
    countFailure(run, heap, row, size, alignment);
    // A realloc that fails leaves its block, which the recording knows by its new number.
    if (made >= 0 && given >= 0) {
      pointers[given] = 0;
      pointers[made] = old;
    }
    return null;
  }
  if (old !== 0) free(heap.ctx, old);
  if (made >= 0) {
    if (given >= 0) pointers[given] = 0;
    pointers[made] = pointer;
    return null;
  }
  heap.rescued++;
  if (given >= 0) pointers[given] = pointer;
  else run.extras.push({ heap, pointer });
  return null;
}

/** Counts a request that got nothing and, for the first ones, describes the heap. */
function countFailure(run: Run, heap: HeapInstance, row: number, size: number, alignment: number): void {
  const { trace, kept } = run;
  const recorded = trace.makes[row] === -1;
  const kind = recorded ? "recorded" : "new";
  const mark = markOf(trace, row);
  heap.failures++;
  if (!recorded) {
    heap.newFailures++;
    run.newFailures++;
    run.byMark[mark + 1] = (run.byMark[mark + 1] as number) + 1;
    run.stopped = run.newFailures >= run.stopAfter;
  }
  if (run.onRefused?.(row, recorded)) run.stopped = true;
  if (kept[kind] >= run.keep) return;
  kept[kind]++;
  const { allocated, free: unused, largestFree } = bstats(heap.ctx.heap);
  run.refused.push({
    row,
    line: lineOf(trace, row),
    instance: heap.instance.number,
    mark: trace.marks[mark]?.name ?? "",
    site: trace.site[row] as number,
    size,
    alignment,
    recorded,
    allocated,
    free: unused,
    largestFree,
    freeBlocks: countFree(heap.ctx),
  });
}

/** Frees what only this replay had been given. */
function endMark(run: Run): void {
  for (const { heap, pointer } of run.extras) if (run.heaps[heap.index] === heap) free(heap.ctx, pointer);
  run.extras.length = 0;
}
