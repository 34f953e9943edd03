// What a picture is painted with: a canvas in CSS pixels, and the colours of the page.
import type { Colours } from "../parts/colours.ts";

export interface Pen {
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly colours: Colours;
}

/** How a canvas is shown. To ask the document for it while its other parts change costs more than to paint. */
export interface CanvasLook {
  readonly width: number;
  readonly height: number;
  readonly font: string;
}

export function lookOf(canvas: HTMLCanvasElement): CanvasLook {
  const { clientWidth: width, clientHeight: height } = canvas;
  return { width, height, font: `12px ${getComputedStyle(canvas).fontFamily}` };
}

/** A pen for a canvas as large as it is shown; null where it is not shown. */
export function penFor(canvas: HTMLCanvasElement, { width, height, font }: CanvasLook, colours: Colours): Pen | null {
  const context = canvas.getContext("2d");
  if (context === null || width === 0 || height === 0) return null;
  const scale = devicePixelRatio;
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, height);
  context.font = font;
  context.textBaseline = "middle";
  return { context, width, height, colours };
}
