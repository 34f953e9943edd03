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
  // The least and the greatest of each pixel, so that no spike is lost; a value holds until the next.
  const columns = new Map<number, { least: number; most: number; last: number }>();
  for (let n = 0; n < times.length; n++) {
    const x = Math.round((WIDTH * ((times[n] ?? 0) - from)) / Math.max(1, to - from));
    const value = allocated[n] ?? 0;
    const { least, most } = columns.get(x) ?? { least: value, most: value };
    columns.set(x, { least: Math.min(least, value), most: Math.max(most, value), last: value });
  }
  const y = (value: number): string => (HEIGHT - 1 - ((HEIGHT - 2) * value) / highest).toFixed(1);
  let path = "";
  for (const [x, { least, most, last }] of columns)
    path += `${path === "" ? "M" : "H"}${path === "" ? `${x} ${y(least)}` : x}V${y(least)}V${y(most)}V${y(last)}`;
  return (
    <svg class="spark" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
