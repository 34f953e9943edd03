// A view of one heap's memory: draws it once there is a heap with events, else says what to do.
import type { ComponentType } from "preact";
import { Notice } from "../parts/notice.tsx";
import { type ChosenHeap, useChosenHeap } from "./chosen_heap.ts";

/** What such a view draws. */
export type HeapView = ComponentType<{ readonly of: ChosenHeap }>;

export function ofHeap(Draw: HeapView): ComponentType {
  return function OfHeap() {
    const of = useChosenHeap();
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
