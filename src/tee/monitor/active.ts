// The commands that are inside TAs at this moment.
import type { HeapDone, TaEntered, TaLeft, TaLoaded } from "./event.ts";
import type { Ledger, SiteHold } from "./ledger.ts";
import type { CommandRecord, HeapSpan } from "./record.ts";

/** The ledgers of the three heaps that a command may touch. */
interface Ledgers {
  readonly heap: Ledger;
  readonly core: Ledger;
  readonly loader: Ledger;
}

/** A command that is inside. */
export interface Active {
  alone: boolean;
  /** Is notified of a heap operation before the ledgers do. */
  ahead(event: HeapDone): void;
  /** Is notified of the same operation after them. */
  behind(event: HeapDone): void;
  end(event: TaLeft): CommandRecord;
}

/** Begins to follow a command of a TA. */
export function createActive(ta: TaLoaded, entered: TaEntered, ledgers: Ledgers, alone: boolean): Active {
  const { heap, core, loader } = ledgers;
  const before = { ta: heap.allocated, core: core.allocated, loader: loader.allocated };
  const peak = { ...before };
  const counts = { allocations: 0, frees: 0, refused: 0 };
  let holders: readonly SiteHold[] | null = null;

  function span(id: keyof typeof before, { allocated }: Ledger): HeapSpan {
    return { before: before[id], peak: peak[id], after: allocated, growth: allocated - before[id] };
  }
  const active: Active = {
    alone,
    ahead({ heap: id, allocated }) {
      // A peak is only known to be one when the heap is about to shrink: who held it is added up then, not at each step up.
      if (id === "ta" && allocated < heap.allocated && heap.allocated === peak.ta) holders ??= heap.holders();
    },
    behind({ heap: id, op, pointer, result, allocated }) {
      if (id === "nexus") return;
      if (allocated > peak[id]) {
        peak[id] = allocated;
        if (id === "ta") holders = null;
      }
      if (id !== "ta" || op === "P") return;
      if (op === "F" || op === "W") counts.frees++;
      else if (result === 0) counts.refused++;
      else {
        counts.allocations++;
        if (op === "R" && pointer !== 0) counts.frees++;
      }
    },
    end: ({ sequence, code }) => ({
      uuid: ta.uuid,
      name: ta.name,
      instance: ta.instance,
      entry: entered.entry,
      session: entered.session,
      command: entered.command,
      from: entered.sequence,
      to: sequence,
      code,
      heap: span("ta", heap),
      core: span("core", core),
      loader: span("loader", loader),
      alone: active.alone,
      ...counts,
      holders: holders ?? heap.holders(),
    }),
  };
  return active;
}
