// A small picture of a history: bytes in use over time.
import type { History } from "../../../live/state/state.ts";

const WIDTH = 96;
const HEIGHT = 18;

/** From 0 to `top`, or to the greatest value where that is not known. */
export function Sparkline({ history, top }: { readonly history: History; readonly top: number | null }) {
  const { times, allocated } = history;
  const [from, to] = [times[0], times.at(-1)];
  if (from === undefined || to === undefined || times.length < 2) return <span class="spark" aria-hidden="true" />;
  const highest = Math.max(top ?? 0, ...allocated, 1);
  // The least and the greatest of each pixel, so that no spike is lost.
  const columns = new Map<number, [number, number]>();
  for (let n = 0; n < times.length; n++) {
    const x = Math.round((WIDTH * ((times[n] ?? 0) - from)) / Math.max(1, to - from));
    const value = allocated[n] ?? 0;
    const column = columns.get(x);
    if (column === undefined) columns.set(x, [value, value]);
    else columns.set(x, [Math.min(column[0], value), Math.max(column[1], value)]);
  }
  const y = (value: number): string => (HEIGHT - 1 - ((HEIGHT - 2) * value) / highest).toFixed(1);
  const path = [...columns]
    .map(([x, [least, most]], n) => `${n === 0 ? "M" : "L"}${x} ${y(least)}L${x} ${y(most)}`)
    .join("");
  return (
    <svg class="spark" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
