// Finds the memory around each call from the counters at exact moments.
import type { AllocRecord, TaRecord } from "../../abi/record.ts";
import type { ExactMoment } from "../../recording/moment.ts";
import { HEAP_NAME } from "../../release/releases.ts";
import type { HeapAround, TaCall } from "./ta_call.ts";

/** Makes calls of moments. */
interface CallBook {
  /** Takes the next moment. Gives its call, null where it is of none. */
  take(moment: ExactMoment): TaCall | null;
}

type Level = Pick<AllocRecord, "allocated" | "maxAllocated">;

const UNKNOWN: HeapAround = { before: null, after: null, peak: null, exact: false };
/** Calls that others may overlap. */
const RECENT = 64;

/** A book of one run, of one or several processes. */
export function createCallBook(): CallBook {
  let core: Level | undefined;
  /** The heaps of TAs that were loaded at the last moment; undefined where those were not told. */
  let loaded: ReadonlyMap<string, Level | undefined> | undefined;
  const recent: { readonly thread: string; readonly to: number }[] = [];

  function taHeap(uuid: string, now: typeof loaded): HeapAround {
    if (now === undefined) return UNKNOWN;
    // A TA that was not loaded had no heap, so its maximum is of this call.
    const absent = loaded !== undefined && !loaded.has(uuid);
    if (absent && !now.has(uuid)) return UNKNOWN;
    return around(absent ? { allocated: 0, maxAllocated: 0 } : loaded?.get(uuid), now.get(uuid));
  }
  return {
    take({ thread, call, pools, tas, base }) {
      const heap = pools.find(({ name }) => name === HEAP_NAME);
      const now = Array.isArray(tas) ? levels(tas) : undefined;
      const before = core;
      const made = call === null ? null : taHeap(call.uuid, now);
      core = base ?? heap;
      loaded = now;
      if (call === null || made === null) return null;
      const alone = tas !== "busy" && !recent.some((one) => one.thread !== thread && one.to > call.from);
      recent.push({ thread, to: call.to });
      if (recent.length > RECENT) recent.shift();
      return { ...call, thread, heap: made, core: around(before, heap), alone };
    },
  };
}

/** The heap of each TA; undefined where several instances have one UUID, or where its counters are not told. */
function levels(tas: readonly TaRecord[]): ReadonlyMap<string, Level | undefined> {
  const all = new Map<string, Level | undefined>();
  for (const { uuid, heap } of tas) all.set(uuid, heap.size === 0 || all.has(uuid) ? undefined : heap);
  return all;
}

function around(before: Level | undefined, after: Level | undefined): HeapAround {
  const [from, to] = [before?.allocated ?? null, after?.allocated ?? null];
  if (after === undefined || before === undefined) return { before: from, after: to, peak: null, exact: false };
  const least = Math.max(before.allocated, after.allocated);
  // It was set back right before: what is there now is of this call.
  if (before.maxAllocated < before.allocated)
    return { before: from, after: to, peak: Math.max(least, after.maxAllocated), exact: true };
  // Somebody set the maximum back meanwhile: what it was before that is gone.
  if (after.maxAllocated < Math.max(before.maxAllocated, after.allocated))
    return { before: from, after: to, peak: null, exact: false };
  const rose = after.maxAllocated > before.maxAllocated;
  return { before: from, after: to, peak: after.maxAllocated, exact: rose || after.maxAllocated === least };
}
