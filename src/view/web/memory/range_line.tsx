// Says which heap and range a view shows, and how to choose another one.
import type { ComponentChildren } from "preact";
import { lengthText, timeText } from "../parts/figures.ts";
import { useOrder } from "../parts/time_words.ts";
import type { Range } from "../state/choice.ts";
import { type ChosenHeap, heapTitle } from "./chosen_heap.ts";
import { TimeField } from "./time_field.tsx";

interface Given {
  readonly of: ChosenHeap;
  readonly range: Range;
  readonly choose: (range: Range) => void;
  readonly label: string;
  readonly children?: ComponentChildren;
}

export function RangeLine({ of: { heap }, range, choose, label, children }: Given) {
  const order = useOrder();
  return (
    <div class="toolbar range-line">
      <b class="clip" title={heapTitle(heap)}>
        {heapTitle(heap)}
      </b>
      <span class="range-fields">
        <TimeField
          label={`${label}: from`}
          time={range.from}
          choose={(from) => choose({ from, to: Math.max(from, range.to) })}
        />
        <span aria-hidden="true">–</span>
        <TimeField
          label={`${label}: to`}
          time={range.to}
          choose={(to) => choose({ from: Math.min(range.from, to), to })}
        />
        {order === "" && (
          <span class="quiet" title={`${timeText(range.from, 1)} to ${timeText(range.to, 1)}`}>
            {lengthText(range.to - range.from)}
          </span>
        )}
      </span>
      {children}
    </div>
  );
}
