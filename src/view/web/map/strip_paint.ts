// Paints bytes in use over time as an area, and a moment as a line.
import type { RangeTimeline } from "../../../recording/indexed/indexed_recording.ts";
import type { Pen } from "../pictures/pen.ts";

/** `share`: where the moment is, from 0 to 1. */
export function paintStrip(
  { context, width, height, colours }: Pen,
  timeline: RangeTimeline | undefined,
  poolSize: number,
  share: number,
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
  const x = Math.round(Math.max(0, Math.min(1, share)) * (width - 2));
  context.fillStyle = colours.ink;
  context.fillRect(x, 0, 2, height);
}
