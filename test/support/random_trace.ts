// Turns random steps into a trace, for property tests.
import { free, malloc, memalign, realloc } from "../../src/malloc/malloc.ts";
import type { RecordedTrace } from "../../src/replay/trace_columns.ts";
import { createRecorder } from "./record.ts";

/** One random operation: which slot, what to do with it, and with how many bytes. */
export type Step = readonly [slot: number, kind: number, size: number];

/** Performs steps on a recorded heap, with a mark after every 20, and gives the trace. */
export function traceOfSteps(steps: readonly Step[], pool: number, context = "core"): RecordedTrace {
  const recorder = createRecorder(context);
  const ctx = recorder.life(pool);
  const slots = new Map<number, number>();
  for (const [n, [slot, kind, size]] of steps.entries()) {
    if (n % 20 === 0) recorder.mark(`part-${n / 20}`);
    const held = slots.get(slot) ?? 0;
    if (held === 0) slots.set(slot, kind === 0 ? memalign(ctx, 64, size, "a.c", slot) : malloc(ctx, size, "m.c", slot));
    else if (kind < 2) slots.set(slot, realloc(ctx, held, size, "r.c", slot) || held);
    else {
      free(ctx, held);
      slots.set(slot, 0);
    }
  }
  return recorder.trace();
}
