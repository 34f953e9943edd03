// Draws the smallest pools of several heaps.
import type { HeapSize } from "../../analyze/size/heap_size.ts";
import { type Margin, settingFor } from "../../analyze/size/pool_margin.ts";
import { grouped } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import { fitted } from "./columns.ts";
import type { Paint } from "./paint.ts";
import { poolText } from "./size_view.ts";

/** Columns of the sizes, and of the blanks behind them. */
const FIGURES = 32;
const SET = "to set for first fit";

/** The smallest pools of several heaps in a line each, and what to set for first fit. */
export function drawSizeOverview(sizes: readonly HeapSize[], margin: Margin, paint: Paint): Printable[] {
  const rows = sizes.map((size) => ({ ...size, set: settingText(size, margin) }));
  const last = Math.max(SET.length, ...rows.map(({ set }) => set.length));
  const wide = Math.max(8, Math.min(40, paint.width - FIGURES - last));
  const line = (name: Printable, cells: readonly Printable[], set: Printable): Printable =>
    shown`${fitted(name, wide)}${joined(cells.map((cell) => cell.padStart(10)))}  ${set}`;
  return [
    paint.dim(line(own("heap"), ["pool", "first fit", "best fit"].map(printable), own(SET))),
    ...rows.map(({ heap, pool, variants: [first, best], set }) => {
      return line(printable(heap), [grouped(pool), poolText(first?.served), poolText(best?.served)], set);
    }),
  ];
}

function settingText({ variants: [first], knob }: HeapSize, margin: Margin): Printable {
  const needed = first?.served.pool;
  const setting = typeof needed === "number" ? settingFor(needed, margin, knob) : undefined;
  return setting === undefined ? own("–") : shown`${printable(knob.name)}=${setting.value}`;
}
