// Draws the rows of slices on one canvas; only what is in sight, and at most one slice for each pixel.
import { useEffect, useRef, useState } from "preact/hooks";
import { useColours } from "../parts/colours.ts";
import { useTimeWords } from "../parts/time_words.ts";
import { useWidth } from "../parts/use_width.ts";
import { useApp } from "../state/app.ts";
import { drawSlices, ROW_HEIGHT, sliceAt } from "./draw_slices.ts";
import { GUTTER, type Scene } from "./scene.ts";
import type { SliceRow } from "./slices.ts";

interface Given {
  readonly rows: readonly SliceRow[];
  readonly scene: Scene;
}

export function SliceStrip({ rows, scene }: Given) {
  const { chosen } = useApp();
  const timeOf = useTimeWords();
  const colours = useColours();
  const canvas = useRef<HTMLCanvasElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const [said, say] = useState("");
  const span = scene.span.value;
  useEffect(() => {
    if (canvas.current !== null && width > 0) drawSlices(canvas.current, width, rows, span, colours);
  }, [width, rows, span, colours]);
  const under = (event: MouseEvent) => {
    const { left, top, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const { from, to } = scene.span.peek();
    const wide = width - GUTTER.left - GUTTER.right;
    const scale = (to - from) / Math.max(1, wide);
    const time = from + (event.clientX - left - GUTTER.left) * scale;
    return sliceAt(rows[Math.floor((event.clientY - top) / ROW_HEIGHT)], time, 3 * scale);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys [ and ] choose tests, too
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      ref={place}
      class="slices"
      title={said}
      style={{ height: `${rows.length * ROW_HEIGHT}px` }}
      onPointerMove={(event) => {
        const slice = under(event);
        say(slice === undefined ? "" : `${slice.text}\n${timeOf(slice.from)} – ${timeOf(slice.to)}`);
      }}
      onClick={(event) => {
        const slice = under(event);
        if (slice === undefined) return;
        if (slice.from === slice.to) chosen.choose({ moment: slice.from });
        else chosen.choose({ range: { from: slice.from, to: slice.to } });
      }}
    >
      <canvas
        ref={canvas}
        role="img"
        aria-label={rows.map(({ name, slices }) => `${slices.length} ${name}`).join(", ")}
      />
    </div>
  );
}
