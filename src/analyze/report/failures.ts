// Explains the failed requests of a recording.
import type { CallFrame } from "../../base/call_stack.ts";
import { isPowerOfTwo } from "../../base/integer.ts";
import { neededSize } from "../../heap/needed_size.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { extra } from "../../malloc/malloc.ts";
import { OP } from "../../malloc/operation.ts";
import { behindHeader } from "../../malloc/request.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { siteOf } from "../../replay/trace_row.ts";
import { rowAt, rowParts } from "../../replay/trace_rows.ts";
import { type Difference, verifyTrace } from "../../replay/verify.ts";
import { isRefused } from "../refused.ts";
import type { RowRange } from "../row_range.ts";
import { isSelfTest } from "../self_test.ts";
import { siteFrames } from "../site_frames.ts";
import { type FreeState, heapState } from "./heap_state.ts";
import { type Moment, momentOf, poolOf } from "./peak.ts";

/**
 * Why a request got nothing. `self-test`: OP-TEE's own tests make it fail. `misfit`: a free block was large enough, but not for its alignment, or would have left a rest
 * too small for a block of its own. `unknown`: the state at that moment is not known.
 */
export type FailureKind = "self-test" | "alignment" | "too-large" | "exhausted" | "fragmented" | "misfit" | "unknown";

/** A request that failed in the recording. */
export interface Failure extends Moment {
  readonly kind: FailureKind;
  readonly site: string;
  readonly func: string;
  /** Who called the function, the innermost first; absent where no more than the call site is known. */
  readonly callers?: readonly CallFrame[];
  /** Bytes asked for, without headers. */
  readonly size: number;
  /** Null where none was asked for. */
  readonly alignment: number | null;
  /** Bytes of the block that it needs: headers and rounding are in it, what an alignment costs is not. Null where `state` is. */
  readonly block: number | null;
  readonly allocated: number;
  readonly pool: number;
  /** From a replay of the real allocator to this row; null where it does not give the recorded addresses. */
  readonly state: FreeState | null;
}

/** All failed requests of some rows. */
export interface FailureReport {
  readonly count: number;
  /** The first ones. */
  readonly shown: readonly Failure[];
  /** Fit whose replay gives every recorded address; null if neither does. */
  readonly fit: "first" | "best" | null;
  /** Where the better of the two replays first differs. */
  readonly difference: Difference | null;
}

/** Lists what failed, each with the state of the heap at that moment: the real allocator is replayed up to it. */
export function failureReport(
  trace: RecordedTrace,
  range: RowRange,
  options: { readonly keep?: number; readonly onProgress?: (rows: number) => void } = {},
): FailureReport {
  const keep = options.keep ?? 100;
  const wanted: number[] = [];
  let count = 0;
  for (const { result, op, first, from, to } of rowParts(trace, range.from, range.to)) {
    for (let row = from; row < to; row++) {
      if (result[row - first] !== 0 || !isRefused({ result, op }, row - first)) continue;
      if (count++ < keep) wanted.push(row);
    }
  }
  const replay = (fit: "first" | "best"): { states: Map<number, Refusal>; difference: Difference | null } => {
    const states = new Map<number, Refusal>();
    const rows = new Set(wanted);
    const { difference } = verifyTrace(trace, {
      fit,
      until: range.to,
      onRefused: (row, ctx) => {
        if (rows.has(row)) states.set(row, { state: heapState(ctx), block: blockFor(ctx, sizeAt(trace, row)) });
      },
      ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    });
    return { states, difference };
  };
  let best = replay("first");
  let fit: FailureReport["fit"] = best.difference === null ? "first" : null;
  if (best.difference !== null) {
    const other = replay("best");
    if (other.difference === null) fit = "best";
    if (other.difference === null || other.difference.row > best.difference.row) best = other;
  }
  const shown = wanted.map((row) => describe(trace, row, best.states.get(row) ?? null));
  return { count, shown, fit, difference: best.difference };
}

/** What the replay shows of a failed request. */
interface Refusal {
  readonly state: FreeState;
  readonly block: number;
}

function sizeAt(trace: RecordedTrace, row: number): number {
  const rows = rowAt(trace, row);
  return rows.size[row - rows.first] as number;
}

/** Bytes of the block that a request of `size` bytes needs. */
function blockFor(ctx: MallocContext, size: number): number {
  return neededSize(ctx.heap.geometry, extra(ctx), behindHeader(ctx, size));
}

function describe(trace: RecordedTrace, row: number, refusal: Refusal | null): Failure {
  const { state, block } = refusal ?? { state: null, block: null };
  const rows = rowAt(trace, row);
  const at = row - rows.first;
  const size = rows.size[at] as number;
  const alignment = rows.op[at] === OP.A ? (rows.arg[at] as number) : null;
  const pool = poolOf(trace, rows.instance[at] as number);
  const allocated = rows.allocated[at] as number;
  const { place, func, stack = "" } = siteOf(trace, row);
  const site = place || func || "unknown";
  return {
    ...momentOf(trace, row),
    kind: isSelfTest({ size, alignment, site, func }, trace.context)
      ? "self-test"
      : kindOf({ size, alignment, pool, state, block }),
    site,
    func,
    ...(stack === "" ? {} : { callers: siteFrames({ func, place, stack }).slice(1) }),
    size,
    alignment,
    block,
    allocated,
    pool,
    state,
  };
}

function kindOf({
  size,
  alignment,
  pool,
  state,
  block,
}: Pick<Failure, "size" | "alignment" | "pool" | "state" | "block">): FailureKind {
  if (alignment !== null && !isPowerOfTwo(alignment)) return "alignment";
  if (size >= pool) return "too-large";
  if (state === null || block === null) return "unknown";
  if (size <= state.largestRequest) return "misfit";
  // Only blocks that together are large enough can be too scattered; an end mark is none.
  return block > state.free ? "exhausted" : "fragmented";
}
