// Paints the map of a heap: blocks by call site or age, holes by whether a request would fit.
import { ageColour, categoryColour } from "../pictures/palette.ts";
import type { Pen } from "../pictures/pen.ts";
import type { MapFacts } from "../worker/memory_questions.ts";
import { barsOf, type MapRows } from "./map_rows.ts";
import type { Stripes } from "./stripes.ts";

interface MapStyle {
  readonly colour: "site" | "age";
  /** Rank of each call site by bytes. */
  readonly ranks: readonly number[];
  /** By part: 1 where the asked request would fit in this hole. */
  readonly fits: Uint8Array;
  /** The part that is chosen, or -1. */
  readonly chosen: number;
  readonly stripes: Stripes;
}

export function paintMap(pen: Pen, map: MapFacts, rows: MapRows, style: MapStyle): void {
  const { context, colours } = pen;
  const stripes = style.stripes(pen);
  const high = rows.height - (rows.height > 10 ? 3 : 1);
  for (let part = 0; part < map.at.length; part++) {
    const hole = map.site[part] === -1;
    const fits = style.fits[part] === 1;
    const at = map.at[part] as number;
    for (const { x, y, width } of barsOf(rows, map.pool[part] as number, at, map.size[part] as number)) {
      // A line of paper ends each block that is wide enough to spare it.
      const wide = width > 3 ? width - 1 : width;
      context.fillStyle = hole ? (fits ? colours["accent-soft"] : colours.track) : colourOf(map, part, style);
      context.fillRect(x, y, wide, high);
      if (!hole || !fits) continue;
      context.fillStyle = stripes;
      context.fillRect(x, y, wide, high);
      context.strokeStyle = colours.accent;
      context.lineWidth = 1;
      if (wide > 2) context.strokeRect(x + 0.5, y + 0.5, wide - 1, high - 1);
    }
  }
  if (style.chosen >= 0) paintChosen(pen, map, rows, style.chosen, high);
}

function paintChosen({ context, colours }: Pen, map: MapFacts, rows: MapRows, part: number, high: number): void {
  for (const ink of [colours.paper, colours.ink]) {
    context.strokeStyle = ink;
    context.lineWidth = ink === colours.ink ? 2 : 4;
    for (const { x, y, width } of barsOf(rows, map.pool[part] ?? 0, map.at[part] ?? 0, map.size[part] ?? 0))
      context.strokeRect(x, y, Math.max(2, width - 1), high);
  }
}

function colourOf(map: MapFacts, part: number, { colour, ranks }: MapStyle): string {
  if (colour === "site") return categoryColour(ranks[map.site[part] as number] ?? Number.POSITIVE_INFINITY);
  return ageColour(ageShare(map.time - (map.made[part] as number)));
}

/** Ages in microseconds, each colour ten times as long as the one before: below 1 ms, 10 ms … 10 s, and older. */
function ageShare(age: number): number {
  return Math.max(0, Math.min(5, Math.ceil(Math.log10(Math.max(1, age) / 1000)))) / 6 + 0.01;
}
