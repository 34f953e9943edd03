// How two ranges of a heap differ.
import { useState } from "preact/hooks";
import type { Grouping } from "../../../analyze/ranges/block_owner.ts";
import { holderChanges } from "../../../analyze/ranges/changes.ts";
import { holdersIn } from "../../../analyze/ranges/group_sums.ts";
import type { Measure } from "../../../analyze/ranges/range_sums.ts";
import { useAnswer } from "../parts/use_answer.ts";
import { useApp } from "../state/app.ts";
import type { Range } from "../state/choice.ts";
import { ChangeTable } from "./change_table.tsx";
import type { ChosenHeap } from "./chosen_heap.ts";
import { ofHeap } from "./of_heap.tsx";
import { Pick } from "./pick.tsx";
import { RangeLine } from "./range_line.tsx";
import { Waiting } from "./waiting.tsx";
import { GROUPING_WORDS, measureWords } from "./words.ts";

export const Differences = ofHeap(({ of }: { readonly of: ChosenHeap }) => {
  const { chosen } = useApp();
  const [by, setBy] = useState<Grouping>("site");
  const words = measureWords(of.heap);
  const [measure, setMeasure] = useState<Measure>(of.heap.lists ? "end" : "peak");
  const other = chosen.now.value.second ?? before(of);
  const heap = { file: of.file, heap: of.heap.key };
  const first = useAnswer("held", { ...heap, ...other });
  const second = useAnswer("held", { ...heap, ...of.range });
  const part = first.part ?? second.part;
  return (
    <div class="memory-view">
      <RangeLine label="First range" of={of} range={other} choose={(range) => chosen.choose({ second: range })}>
        <span class="quiet">compared with</span>
      </RangeLine>
      <RangeLine label="Second range" of={of} range={of.range} choose={(range) => chosen.choose({ range })}>
        <Pick label="Show" value={measure} words={words} choose={setMeasure} />
        <Pick label="by" value={by} words={GROUPING_WORDS} choose={setBy} />
        <button type="button" onClick={() => chosen.choose({ range: other, second: of.range })}>
          Swap
        </button>
      </RangeLine>
      <Waiting what="Reading both ranges" part={part} error={first.error || second.error} />
      {first.value !== undefined && second.value !== undefined && (
        <ChangeTable
          by={by}
          rows={holderChanges(holdersIn(first.value, measure, by), holdersIn(second.value, measure, by))}
        />
      )}
    </div>
  );
});

/** Where no second range is chosen: the stretch before the chosen one, as long; or the first half of all. Of leak lists the first. */
function before({ heap, range, whole }: ChosenHeap): Range {
  if (heap.lists) return { from: heap.from, to: heap.from };
  if (whole || range.from <= heap.from) return { from: heap.from, to: Math.round((heap.from + range.to) / 2) };
  return { from: Math.max(heap.from, range.from - (range.to - range.from)), to: range.from - 1 };
}
