// The highest point of a range in one line, with the ways to it.
import type { RangeSums } from "../../../analyze/ranges/range_sums.ts";
import { counted } from "../../../base/format.ts";
import { bytesText, percentText, timeText } from "../parts/figures.ts";
import { useApp } from "../state/app.ts";

export function PeakLine({ sums, poolSize }: { readonly sums: RangeSums; readonly poolSize: number }) {
  const { chosen } = useApp();
  const { peak, rows } = sums;
  if (peak === null) return <p class="peak-line">Nothing was allocated or freed in this range.</p>;
  return (
    <p class="peak-line">
      Peak <b>{bytesText(peak.bytes)}</b> of {bytesText(poolSize === 0 ? null : poolSize)} bytes (
      {percentText(peak.bytes, poolSize)}) at {timeText(peak.time)}; {counted(rows, "operation")}.{" "}
      <button type="button" onClick={() => chosen.choose({ moment: peak.time, view: "map" })}>
        Map of the peak
      </button>
    </p>
  );
}
