// How uPlot draws a heap: the band between least and most in use, the size of the pool, and marks.
import uPlot from "uplot";
import type { Colours } from "../parts/colours.ts";
import { shortBytes } from "../parts/figures.ts";
import { GUTTER, type Scene } from "./scene.ts";
import { TICKS, tickText } from "./time_axis.ts";

/** A line across a chart. */
export interface ChartMark {
  readonly time: number;
  /** Something was refused or panicked. */
  readonly bad: boolean;
}

/** Bytes between ticks: powers of two, as sizes of memory are. */
const BYTE_TICKS = Array.from({ length: 34 }, (_, n) => 2 ** n);
const FONT = "11px system-ui, sans-serif";

interface Given {
  readonly width: number;
  readonly height: number;
  readonly scene: Scene;
  readonly colours: Colours;
  /** The axis of time is drawn below the last chart alone. */
  readonly axis: boolean;
  /** The greatest value that must have room. */
  readonly roof: () => number;
  readonly marks: () => readonly ChartMark[];
}

export function plotOptions({ width, height, scene, colours, axis, roof, marks }: Given): uPlot.Options {
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const line = { points: { show: false }, ...(stepped === undefined ? {} : { paths: stepped }) };
  const grid = { stroke: colours.line, width: 1 };
  const { from, to } = scene.span.peek();
  return {
    width,
    height,
    padding: [6, GUTTER.right, axis ? 0 : 6, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, min: from, max: to }, y: { range: () => [0, roof()] } },
    axes: [
      {
        show: axis,
        size: 24,
        font: FONT,
        stroke: colours.quiet,
        grid,
        ticks: { show: false },
        space: 90,
        incrs: [...TICKS],
        values: (_, ticks, __, ___, step) => ticks.map((tick) => tickText(tick, step, scene)),
      },
      {
        size: GUTTER.left,
        font: FONT,
        stroke: colours.quiet,
        grid,
        ticks: { show: false },
        space: 28,
        incrs: BYTE_TICKS,
        values: (_, ticks) => ticks.map(shortBytes),
      },
    ],
    // The line of the most lies over the area below the least.
    series: [
      {},
      { ...line, stroke: colours.accent, width: 0, fill: colours["accent-soft"] },
      { ...line, stroke: colours.accent, width: 1.25 },
      { ...line, stroke: colours["line-strong"], width: 1, dash: [5, 4] },
      // Moments that were looked at, and no line between them: nobody knows what is there.
      { paths: () => null, points: { show: true, size: 5, width: 1, stroke: colours.ink, fill: colours.paper } },
    ],
    bands: [{ series: [2, 1], fill: colours.fill }],
    hooks: { drawClear: [(plot) => drawMarks(plot, marks(), colours)] },
  };
}

/** More of them than that are a curtain: the rows above the charts have them, too. */
const MANY_MARKS = 40;

/** One line for each pixel at most; a bad one wins. */
function drawMarks(plot: uPlot, marks: readonly ChartMark[], colours: Colours): void {
  const { left, top, width, height } = plot.bbox;
  const columns = new Map<number, boolean>();
  for (const { time, bad } of marks) {
    const x = Math.round(plot.valToPos(time, "x", true));
    if (x >= left && x <= left + width) columns.set(x, bad || (columns.get(x) ?? false));
  }
  const many = columns.size > MANY_MARKS;
  for (const [x, bad] of columns) {
    if (many && !bad) continue;
    plot.ctx.fillStyle = bad ? colours.bad : colours.line;
    plot.ctx.fillRect(x, top, bad ? 2 : 1, height);
  }
}
