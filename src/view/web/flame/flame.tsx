// Who held a heap's memory in the chosen range, as a flame graph.
import { useMemo, useState } from "preact/hooks";
import type { Grouping } from "../../../analyze/ranges/block_owner.ts";
import { flameOf } from "../../../analyze/ranges/flame.ts";
import type { Measure } from "../../../analyze/ranges/range_sums.ts";
import type { ChosenHeap } from "../memory/chosen_heap.ts";
import { ofHeap } from "../memory/of_heap.tsx";
import { PeakLine } from "../memory/peak_line.tsx";
import { Pick } from "../memory/pick.tsx";
import { RangeLine } from "../memory/range_line.tsx";
import { Waiting } from "../memory/waiting.tsx";
import { measureWords } from "../memory/words.ts";
import { useAnswer } from "../parts/use_answer.ts";
import { useApp } from "../state/app.ts";
import { FlameGraph } from "./flame_graph.tsx";
import { FlameList } from "./flame_list.tsx";

/** From the outermost box to the innermost. */
const ORDERS = {
  file: ["file", "function", "site"],
  ta: ["ta", "command", "file", "site"],
  mark: ["mark", "file", "site"],
  thread: ["thread", "file", "site"],
  stack: ["stack"],
} as const satisfies Readonly<Record<string, readonly Grouping[]>>;

const ORDER_WORDS: Readonly<Record<keyof typeof ORDERS, string>> = {
  file: "file, function, call site",
  ta: "TA, command, file, call site",
  mark: "test, file, call site",
  thread: "thread, file, call site",
  stack: "call stack",
};

export const Flame = ofHeap(({ of }: { readonly of: ChosenHeap }) => {
  const { chosen } = useApp();
  const [order, setOrder] = useState<keyof typeof ORDERS>("file");
  const words = measureWords(of.heap);
  const [measure, setMeasure] = useState<Measure>("peak");
  const { value, part, error } = useAnswer("held", { file: of.file, heap: of.heap.key, ...of.range });
  const root = useMemo(
    () => (value === undefined ? undefined : flameOf(value.sums[measure], value.owners, ORDERS[order])),
    [value, measure, order],
  );
  return (
    <div class="memory-view">
      <RangeLine label="Range" of={of} range={of.range} choose={(range) => chosen.choose({ range })}>
        <Pick label="Show" value={measure} words={words} choose={setMeasure} />
        <Pick label="by" value={order} words={ORDER_WORDS} choose={setOrder} />
      </RangeLine>
      <Waiting what="Reading the range" part={part} error={error} />
      {value !== undefined && root !== undefined && (
        <>
          <PeakLine sums={value} heap={of.heap} />
          {root.blocks === 0 ? (
            <p class="quiet table-none">No block.</p>
          ) : (
            <FlameGraph key={`${measure} ${order}`} root={root} label={`Bytes ${words[measure]}`} />
          )}
          <FlameList node={root} />
        </>
      )}
    </div>
  );
});
