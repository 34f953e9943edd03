// The row of a pool or TA: what is in use, its peak, its size, and where it goes.
import type { HeapState, SystemState } from "../../../live/state/state.ts";
import { Bar } from "../parts/bar.tsx";
import { bytesText, lengthText, percentText, signedBytes } from "../parts/figures.ts";
import { Sparkline } from "../parts/sparkline.tsx";

interface Given {
  readonly system: SystemState;
  readonly heap: HeapState;
  readonly choose: () => void;
}

export function HeapRow({ system, heap, choose }: Given) {
  const { allocated, size, max, failures, growth, untilFull, gone, panicked } = heap;
  const alarm = system.alarms.find((one) => one.heap === heap.key);
  const old = gone || system.state === "lost" || system.state === "silent";
  return (
    <button
      type="button"
      class={`line heap-line ${old ? "is-old" : ""}`}
      onClick={choose}
      title={heap.uuid ?? heap.name}
    >
      <span class="c0">
        <span class="clip">{heap.name}</span>
        {panicked && <b class="bad">panicked</b>}
        {alarm !== undefined && (
          <b class="alarm" title={alarm.text}>
            {alarm.rule}
          </b>
        )}
        {gone && <span class="quiet">gone</span>}
      </span>
      <span class="c1">
        <Bar used={allocated} peak={max} size={size} />
      </span>
      <span class="c2 figure">{percentText(allocated, size)}</span>
      <span class="c3 figure">{bytesText(allocated)}</span>
      <span class="c4 figure">{bytesText(max)}</span>
      <span class="c5 figure">{bytesText(size)}</span>
      <span class={`c6 figure ${(failures ?? 0) > 0 ? "bad" : ""}`}>{bytesText(failures)}</span>
      <span class="c7 figure" title={growth === null ? "too few answers yet" : ""}>
        {growth === null ? "?" : signedBytes(growth)}
      </span>
      <span class="c8 figure">{untilFull === null ? "–" : lengthText(untilFull * 1000)}</span>
      <span class="c9">
        <Sparkline history={heap.history} top={null} />
      </span>
    </button>
  );
}
