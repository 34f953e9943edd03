// A view of one heap's memory: draws it once there is a heap with events, else says what to do.
import type { ComponentType } from "preact";
import { Notice } from "../parts/notice.tsx";
import { type ChosenHeap, useChosenHeap } from "./chosen_heap.ts";
import { LISTS_LACK } from "./words.ts";

/** What such a view draws. */
export type HeapView = ComponentType<{ readonly of: ChosenHeap }>;

/** `needs` names what a view takes from the addresses and operations of a heap, which leak lists do not have. */
export function ofHeap(Draw: HeapView, needs = ""): ComponentType {
  return function OfHeap() {
    const of = useChosenHeap();
    if (of?.heap.lists === true && needs !== "")
      return (
        <Notice title={`Leak lists have no ${needs}.`}>
          <p>
            {LISTS_LACK} “Who held” and “Differences” show the lists. Record events, or counters, for more:{" "}
            <code>teemem record -o run.arrows --on ssh://BOARD</code>
          </p>
        </Notice>
      );
    if (of !== null) return <Draw key={`${of.file} ${of.heap.key}`} of={of} />;
    return (
      <Notice title="This recording has no heap events.">
        <p>
          Counters tell how much is in use, not who holds it. Events come from <code>teemem record</code> with{" "}
          <code>--on sim</code> or <code>qemu:</code>, and from heap traces: see docs/sources.md.
        </p>
      </Notice>
    );
  };
}
