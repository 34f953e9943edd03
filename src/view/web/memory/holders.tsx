// Who held a heap's memory in the chosen range, as a table.
import { useState } from "preact/hooks";
import type { Grouping } from "../../../analyze/ranges/block_owner.ts";
import { holdersIn } from "../../../analyze/ranges/group_sums.ts";
import type { Measure } from "../../../analyze/ranges/range_sums.ts";
import { useAnswer } from "../parts/use_answer.ts";
import { useApp } from "../state/app.ts";
import type { ChosenHeap } from "./chosen_heap.ts";
import { HolderTable } from "./holder_table.tsx";
import { ofHeap } from "./of_heap.tsx";
import { PeakLine } from "./peak_line.tsx";
import { Pick } from "./pick.tsx";
import { RangeLine } from "./range_line.tsx";
import { Waiting } from "./waiting.tsx";
import { GROUPING_WORDS, measureWords } from "./words.ts";

export const Holders = ofHeap(({ of }: { readonly of: ChosenHeap }) => {
  const { chosen } = useApp();
  const [by, setBy] = useState<Grouping>("site");
  const words = measureWords(of.heap);
  const [measure, setMeasure] = useState<Measure>("peak");
  const { value, part, error } = useAnswer("held", { file: of.file, heap: of.heap.key, ...of.range });
  return (
    <div class="memory-view">
      <RangeLine label="Range" of={of} range={of.range} choose={(range) => chosen.choose({ range })}>
        <Pick label="Show" value={measure} words={words} choose={setMeasure} />
        <Pick label="by" value={by} words={GROUPING_WORDS} choose={setBy} />
      </RangeLine>
      <Waiting what="Reading the range" part={part} error={error} />
      {value !== undefined && (
        <>
          <PeakLine sums={value} heap={of.heap} />
          <HolderTable rows={holdersIn(value, measure, by)} by={by} label={words[measure]} />
        </>
      )}
    </div>
  );
});
