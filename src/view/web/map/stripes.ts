// The stripes of holes that a request fits in: those who do not see the colour see them.
import type { Pen } from "../pictures/pen.ts";

/** What to fill with. */
export type Stripes = (pen: Pen) => CanvasPattern | string;

/** Keeps the tile of the last colour: to make one takes longer than to paint a map. */
export function createStripes(): Stripes {
  let tile: { readonly ink: string; readonly canvas: OffscreenCanvas } | undefined;
  return ({ context, colours }) => {
    if (tile?.ink !== colours.accent) tile = { ink: colours.accent, canvas: striped(colours.accent) };
    return context.createPattern(tile.canvas, "repeat") ?? colours["accent-soft"];
  };
}

function striped(ink: string): OffscreenCanvas {
  const canvas = new OffscreenCanvas(6, 6);
  const pen = canvas.getContext("2d");
  if (pen === null) return canvas;
  pen.strokeStyle = ink;
  pen.lineWidth = 1.2;
  pen.beginPath();
  pen.moveTo(-1, 7);
  pen.lineTo(7, -1);
  pen.stroke();
  return canvas;
}
