// The chart of one heap: uPlot on a canvas, and over it the chosen range, the moment and the pointer.
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useColours } from "../parts/colours.ts";
import { useWidth } from "../parts/use_width.ts";
import { useApp } from "../state/app.ts";
import { attachGestures } from "./gestures.ts";
import { Overlay } from "./overlay.tsx";
import { type ChartMark, plotOptions } from "./plot_options.ts";
import type { Scene } from "./scene.ts";
import type { Series } from "./series.ts";

interface Given {
  readonly series: Series;
  /** Bytes of the pool; null if unknown. */
  readonly size: number | null;
  readonly marks: readonly ChartMark[];
  readonly scene: Scene;
  readonly axis: boolean;
  readonly height: number;
  readonly label: string;
}

export function Chart({ series, size, marks, scene, axis, height, label }: Given) {
  const { chosen } = useApp();
  const colours = useColours();
  const place = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ series, size, marks });
  latest.current = { series, size, marks };
  const width = useWidth(place);

  useEffect(() => {
    if (place.current === null || width === 0) return;
    const options = plotOptions({
      width,
      height,
      scene,
      colours,
      axis,
      roof: () => roofOf(latest.current),
      marks: () => latest.current.marks,
    });
    const drawn = new uPlot(options, dataOf(latest.current), place.current);
    plot.current = drawn;
    return () => {
      plot.current = null;
      drawn.destroy();
    };
  }, [scene, colours, axis, height, width]);
  useEffect(() => {
    const { from, to } = scene.span.peek();
    plot.current?.batch(() => {
      plot.current?.setData(dataOf({ series, size }), false);
      plot.current?.setScale("x", { min: from, max: to });
    });
  }, [series, size, marks, scene]);
  useSignalEffect(() => {
    const { from, to } = scene.span.value;
    plot.current?.setScale("x", { min: from, max: to });
  });
  useEffect(() => (area.current === null ? undefined : attachGestures(area.current, scene, chosen)), [scene, chosen]);
  return (
    <div class="chart" style={{ height: `${height}px` }}>
      <div ref={place} role="img" aria-label={label} />
      <div ref={area} class="plot-area" style={{ bottom: axis ? "24px" : "6px" }}>
        <Overlay scene={scene} />
      </div>
    </div>
  );
}

interface Drawn {
  readonly series: Series;
  readonly size: number | null;
}

function dataOf({ series: { times, most, least, free }, size }: Drawn): uPlot.AlignedData {
  return [
    [...times],
    [...least],
    [...most],
    times.map(() => size),
    free === undefined ? times.map(() => null) : [...free],
  ];
}

/** The pool's size, unless what is used would be a line at the bottom: then a little more than the most in use. */
function roofOf({ series, size }: Drawn): number {
  const seen = [series.most, series.free ?? []].flat();
  const most = seen.reduce<number>((top, value) => Math.max(top, value ?? 0), 1);
  return size !== null && most * 4 >= size ? size * 1.05 : most * 1.15;
}
