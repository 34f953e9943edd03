// The rule of three moments: what came after the first, and came again, and stayed, is a leak.
import { useState } from "preact/hooks";
import type { Grouping } from "../../../analyze/ranges/block_owner.ts";
import { useAnswer } from "../parts/use_answer.ts";
import { useApp } from "../state/app.ts";
import { type ChosenHeap, heapTitle } from "./chosen_heap.ts";
import { ofHeap } from "./of_heap.tsx";
import { Pick } from "./pick.tsx";
import { SuspectTable } from "./suspect_table.tsx";
import { TimeField } from "./time_field.tsx";
import { Waiting } from "./waiting.tsx";
import { GROUPING_WORDS } from "./words.ts";

const NAMES = ["before the work", "after its first run", "after its second run"] as const;

type Three = readonly [number, number, number];

export const Moments = ofHeap(({ of }: { readonly of: ChosenHeap }) => {
  const { chosen } = useApp();
  const [by, setBy] = useState<Grouping>("site");
  const moments = threeOf(chosen.now.value.moments, of);
  const put = (n: number, time: number): void => {
    const next = moments.map((one, at) => (at === n ? time : one)).sort((a, b) => a - b);
    chosen.choose({ moments: next });
  };
  const { value, part, error } = useAnswer("suspects", { file: of.file, heap: of.heap.key, moments, by });
  return (
    <div class="memory-view">
      <div class="toolbar range-line">
        <b class="clip">{heapTitle(of.heap)}</b>
        {NAMES.map((name, n) => (
          <span key={name} class="moment-field">
            <TimeField label={`Moment ${n + 1}, ${name}`} time={moments[n] ?? 0} choose={(time) => put(n, time)} />
            <span class="quiet">{name}</span>
          </span>
        ))}
        <Pick label="by" value={by} words={GROUPING_WORDS} choose={setBy} />
      </div>
      <Waiting what="Reading three moments" part={part} error={error} />
      {value !== undefined && <SuspectTable rows={value} by={by} />}
    </div>
  );
});

/** The chosen moments; where three are not chosen, the ends and the middle of the range. */
function threeOf(moments: readonly number[], { range }: ChosenHeap): Three {
  const [a, b, c] = moments;
  if (a !== undefined && b !== undefined && c !== undefined) return [a, b, c];
  return [range.from, Math.round((range.from + range.to) / 2), range.to];
}
