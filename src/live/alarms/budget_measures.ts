// The heaps of a system that is watched, as budgets ask for them.
import type { Budget } from "../../analyze/budget/budget.ts";
import type { HeapMeasure, Measured, Unmeasured } from "../../analyze/budget/measure.ts";
import type { HeapState, SystemState } from "../state/state.ts";

/** A heap for a budget, and its key. */
interface StateMeasure extends HeapMeasure {
  readonly key: string;
}

const CORE = "core";
const CORE_POOL = "Heap";
const NOT_WATCHED: Unmeasured = { why: "counters do not tell it; 'teemem record' records operations" };

/** The heaps that are there. The pool of the core is `core` as in recordings, unless the budget calls it by its own name. */
export function measuresOfState({ heaps }: SystemState, { lines }: Budget): StateMeasure[] {
  const core = lines.some(({ heap }) => heap === CORE_POOL) ? CORE_POOL : CORE;
  return heaps
    .filter(({ gone }) => !gone)
    .map((heap) => ({
      key: heap.key,
      heap: heap.kind === "ta" ? `ta-${heap.uuid ?? heap.name}` : heap.name === CORE_POOL ? core : heap.name,
      trace: null,
      pool: heap.size ?? 0,
      peak: () => known(heap, "max"),
      failures: () => known(heap, "failures"),
      left: () => NOT_WATCHED,
      fragmentation: () => NOT_WATCHED,
    }));
}

function known(heap: HeapState, name: "max" | "failures"): Measured | Unmeasured {
  const value = heap[name];
  return value === null ? { why: "the system does not tell it" } : { value, where: "" };
}
