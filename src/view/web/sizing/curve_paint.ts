// Paints how many requests pools of each size refuse: first fit as circles, best fit as squares.
import { grouped } from "../../../base/format.ts";
import { CATEGORIES } from "../pictures/palette.ts";
import type { Pen } from "../pictures/pen.ts";
import { type CurvePlace, type CurveScale, curveScale, placedLabels } from "./curve_scale.ts";

export const FIRST = CATEGORIES[5];
export const BEST = CATEGORIES[6];

/** `pool`: the recorded size. */
export function paintCurve(pen: Pen, places: readonly CurvePlace[], pool: number): void {
  const scale = curveScale(places, pool, pen.width, pen.height);
  paintAxes(pen, scale);
  paintPool(pen, scale, pool);
  paintLine(
    pen,
    places.map((place) => [scale.x(place.pool), scale.y(place.first)] as const),
    FIRST,
    false,
  );
  paintLine(
    pen,
    places.map((place) => [scale.x(place.pool), scale.y(place.best)] as const),
    BEST,
    true,
  );
}

function paintAxes({ context, width, colours }: Pen, scale: CurveScale): void {
  context.fillStyle = colours.quiet;
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.textAlign = "right";
  for (const count of scale.counts) {
    const y = Math.round(scale.y(count)) + 0.5;
    context.beginPath();
    context.moveTo(64, y);
    context.lineTo(width - 16, y);
    context.stroke();
    context.fillText(grouped(count), 58, y);
  }
  context.textAlign = "center";
  const labels = scale.pools.map((pool) => ({ text: grouped(pool), x: scale.x(pool) }));
  for (const { text, x } of placedLabels(labels, (text) => context.measureText(text).width, width))
    context.fillText(text, x, scale.bottom + 14);
  context.textAlign = "left";
}

function paintPool({ context, colours, width }: Pen, scale: CurveScale, pool: number): void {
  const x = Math.round(scale.x(pool)) + 0.5;
  context.strokeStyle = colours.ink;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(x, 14);
  context.lineTo(x, scale.bottom);
  if (!scale.beyond) context.stroke();
  context.setLineDash([]);
  context.fillStyle = colours.ink;
  context.textAlign = x > width / 2 ? "right" : "left";
  context.fillText(
    scale.beyond ? `recorded pool ${grouped(pool)} →` : "recorded pool",
    x + (x > width / 2 ? -6 : 6),
    20,
  );
  context.textAlign = "left";
}

function paintLine(
  { context }: Pen,
  points: readonly (readonly [number, number])[],
  colour: string,
  square: boolean,
): void {
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 2;
  context.setLineDash(square ? [6, 3] : []);
  context.beginPath();
  for (const [n, [x, y]] of points.entries()) {
    if (n === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.stroke();
  context.setLineDash([]);
  for (const [x, y] of points) {
    context.beginPath();
    if (square) context.rect(x - 3.5, y - 3.5, 7, 7);
    else context.arc(x, y, 4, 0, 2 * Math.PI);
    context.fill();
  }
}
