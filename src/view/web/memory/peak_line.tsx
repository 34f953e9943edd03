// The highest point of a range in one line, with the ways to it.
import type { RangeSums } from "../../../analyze/ranges/range_sums.ts";
import { counted } from "../../../base/format.ts";
import type { IndexedHeap } from "../../../recording/indexed/indexed_recording.ts";
import { bytesText, percentText } from "../parts/figures.ts";
import { useTimeWords } from "../parts/time_words.ts";
import { useApp } from "../state/app.ts";
import { LISTS_LACK } from "./words.ts";

interface Given {
  readonly sums: RangeSums;
  readonly heap: Pick<IndexedHeap, "poolSize" | "lists">;
}

export function PeakLine({ sums, heap: { poolSize, lists } }: Given) {
  const { chosen } = useApp();
  const timeOf = useTimeWords();
  const { peak, rows } = sums;
  if (peak === null) return <p class="peak-line">Nothing was allocated or freed in this range.</p>;
  if (lists)
    return (
      <p class="peak-line">
        The largest list is {timeOf(peak.time)}: <b>{bytesText(peak.bytes)}</b> bytes asked for. {LISTS_LACK}
      </p>
    );
  return (
    <p class="peak-line">
      Peak <b>{bytesText(peak.bytes)}</b> of {bytesText(poolSize === 0 ? null : poolSize)} bytes (
      {percentText(peak.bytes, poolSize)}) at {timeOf(peak.time)}; {counted(rows, "operation")}.{" "}
      <button type="button" onClick={() => chosen.choose({ moment: peak.time, view: "map" })}>
        Map of the peak
      </button>
    </p>
  );
}
