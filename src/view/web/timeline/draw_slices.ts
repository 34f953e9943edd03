// Slices on a canvas, and which of them lies at a point.
import type { Colours } from "../parts/colours.ts";
import type { Range } from "../state/choice.ts";
import { GUTTER } from "./scene.ts";
import type { Slice, SliceRow } from "./slices.ts";

/** Pixels. */
export const ROW_HEIGHT = 20;

export function drawSlices(
  canvas: HTMLCanvasElement,
  width: number,
  rows: readonly SliceRow[],
  { from, to }: Range,
  colours: Colours,
): void {
  const dense = devicePixelRatio;
  canvas.width = Math.round(width * dense);
  canvas.height = Math.round(rows.length * ROW_HEIGHT * dense);
  canvas.style.width = `${width}px`;
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  pen.scale(dense, dense);
  pen.font = "11px system-ui, sans-serif";
  pen.textBaseline = "middle";
  const right = width - GUTTER.right;
  const scale = (right - GUTTER.left) / Math.max(1, to - from);
  rows.forEach(({ name, slices, bad }, n) => {
    const middle = n * ROW_HEIGHT + ROW_HEIGHT / 2;
    pen.fillStyle = colours.quiet;
    pen.textAlign = "right";
    pen.fillText(name, GUTTER.left - 8, middle);
    pen.textAlign = "left";
    let at = firstIn(slices, from);
    while (at < slices.length) {
      const slice = slices[at] as Slice;
      if (slice.from > to) break;
      const x = Math.max(GUTTER.left, GUTTER.left + (slice.from - from) * scale);
      const end = Math.max(x + 1, Math.min(right, GUTTER.left + (slice.to - from) * scale));
      drawOne(pen, slice, x, end, middle, colours);
      // Of those that begin on one pixel the first and the last are enough, however many there are.
      at = Math.max(at + 1, firstIn(slices, slice.from + 1 / scale));
    }
    // A bad one is drawn even where others lie on its pixel.
    for (const slice of bad) {
      const x = GUTTER.left + (slice.from - from) * scale;
      if (x >= GUTTER.left && x <= right) drawOne(pen, slice, x, x + 1, middle, colours);
    }
  });
}

function drawOne(
  pen: CanvasRenderingContext2D,
  slice: Slice,
  x: number,
  end: number,
  middle: number,
  colours: Colours,
): void {
  const [top, height] = [middle - ROW_HEIGHT / 2 + 2, ROW_HEIGHT - 4];
  if (slice.from === slice.to) {
    pen.fillStyle = slice.bad ? colours.bad : colours["line-strong"];
    pen.fillRect(x - 1, top, slice.bad ? 3 : 2, height);
    return;
  }
  pen.fillStyle = colours.track;
  pen.fillRect(x, top, Math.max(1, end - x - 1), height);
  const room = end - x - 8;
  // Where the name is too long, its last part tells tests apart: 1013 of regression-1013. A part of that tells nothing.
  const last = slice.text.slice(slice.text.lastIndexOf("-") + 1);
  const text = [slice.text, last].find((one) => pen.measureText(one).width <= room);
  if (text === undefined) return;
  pen.save();
  pen.beginPath();
  pen.rect(x, top, end - x - 3, height);
  pen.clip();
  pen.fillStyle = colours.ink;
  pen.fillText(text, x + 4, middle);
  pen.restore();
}

/** The slice at a time, or one that begins or ends within `near`. */
export function sliceAt(row: SliceRow | undefined, time: number, near: number): Slice | undefined {
  if (row === undefined) return undefined;
  let found: Slice | undefined;
  for (let at = firstIn(row.slices, time - near); at < row.slices.length; at++) {
    const slice = row.slices[at] as Slice;
    if (slice.from > time + near) break;
    if (slice.to >= time - near) found = slice;
  }
  return found;
}

/**
 * Where to begin for what reaches a time: the last slice that begins before it. Slices hardly overlap; one that began much
 * earlier and still lasts is missed only where others began after it.
 */
function firstIn(slices: readonly Slice[], time: number): number {
  let [low, high] = [0, slices.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slices[middle] as Slice).from < time) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
