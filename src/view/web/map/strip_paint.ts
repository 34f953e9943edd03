// Paints bytes in use over time as an area.
import type { RangeTimeline } from "../../../recording/indexed/indexed_recording.ts";
import type { Pen } from "../pictures/pen.ts";

/** The least and the greatest of each part. */
export function paintStrip(
  { context, width, height, colours }: Pen,
  timeline: RangeTimeline | undefined,
  poolSize: number,
): void {
  context.fillStyle = colours.panel;
  context.fillRect(0, 0, width, height);
  if (timeline !== undefined) {
    const { greatest, least } = timeline;
    const most = greatest.reduce((top, value) => (value > top ? value : top), Math.max(1, poolSize));
    const step = width / greatest.length;
    for (let n = 0; n < greatest.length; n++) {
      const [high, low] = [greatest[n] as number, least[n] as number];
      if (Number.isNaN(high)) continue;
      context.fillStyle = colours.fill;
      context.fillRect(n * step, height - (height * high) / most, step + 0.5, (height * high) / most);
      context.fillStyle = colours.accent;
      context.fillRect(
        n * step,
        height - (height * high) / most,
        step + 0.5,
        Math.max(1, (height * (high - low)) / most),
      );
    }
  }
}
