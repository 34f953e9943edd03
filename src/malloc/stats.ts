// Reads and resets the counters of a context, as OP-TEE 4.0.0 lib/libutils/isoc/bget_malloc.c does.
import type { MallocContext } from "./context.ts";
import { type Counters, pickCounters, RESET_COUNTERS } from "./counters.ts";

/** The counters as they stand. */
export function getStats(ctx: MallocContext): Counters {
  return pickCounters({ ...ctx, allocated: ctx.heap.allocated });
}

/** Sets the maximum (to 0, not to what is allocated now) and the counters of failures to 0. */
export function resetStats(ctx: MallocContext): void {
  for (const name of RESET_COUNTERS) ctx[name] = 0;
}
