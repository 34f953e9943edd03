// The time axis above the views of a recording: the chosen heap in small, to choose the range and the moment on.
import { useMemo } from "preact/hooks";
import { useChosenHeap } from "../memory/chosen_heap.ts";
import { useAnswer } from "../parts/use_answer.ts";
import { useFile } from "../parts/use_file.ts";
import { Chart } from "./chart.tsx";
import { createScene, wholeOf } from "./scene.ts";
import { NO_SERIES, seriesOfHeap } from "./series.ts";
import { SliceStrip } from "./slice_strip.tsx";
import { sliceRows } from "./slices.ts";

const PARTS = 1600;

export function TimeStrip() {
  const file = useFile();
  const facts = file?.facts ?? null;
  const heap = useChosenHeap()?.heap ?? facts?.heaps[0];
  const whole = useMemo(() => wholeOf(facts ?? { from: 0, to: 0 }), [facts]);
  const scene = useMemo(() => createScene(whole, null, facts?.order), [whole, facts]);
  const ask =
    file === null || heap === undefined
      ? null
      : { file: file.id, heap: heap.key, from: whole.from, to: whole.to + 1, parts: PARTS };
  const { value } = useAnswer("timeline", ask);
  const series = useMemo(
    () => (value === undefined || heap === undefined ? NO_SERIES : seriesOfHeap(value, heap, facts?.order ?? "")),
    [value, heap, facts],
  );
  const rows = useMemo(() => (facts === null ? [] : sliceRows(facts, heap?.key ?? null).slice(0, 1)), [facts, heap]);
  if (heap === undefined) return null;
  return (
    <div class="time-strip">
      {rows.length > 0 && <SliceStrip rows={rows} scene={scene} />}
      <Chart
        series={series}
        size={heap.poolSize === 0 ? null : heap.poolSize}
        marks={[]}
        scene={scene}
        axis
        height={78}
        label={`${heap.name}: bytes in use over time, where ranges and moments are chosen`}
      />
    </div>
  );
}
