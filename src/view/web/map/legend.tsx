// What the colours of the map mean.
import { bytesText } from "../parts/figures.ts";
import { AGES, CATEGORIES, OTHERS_COLOUR } from "../pictures/palette.ts";

const AGE_WORDS = ["up to 1 ms", "10 ms", "100 ms", "1 s", "10 s", "older"] as const;

interface Given {
  readonly colour: "site" | "age";
  /** Call sites, the most bytes first. */
  readonly sites: readonly { readonly name: string; readonly bytes: number }[];
}

export function Legend({ colour, sites }: Given) {
  const rest = sites.slice(CATEGORIES.length).reduce((sum, { bytes }) => sum + bytes, 0);
  const named = sites.slice(0, CATEGORIES.length).map(({ name, bytes }) => `${name} ${bytesText(bytes)}`);
  const rows: (readonly [string, string])[] =
    colour === "age"
      ? AGES.map((ink, n) => [ink, AGE_WORDS[n] ?? ""])
      : named.map((text, n) => [CATEGORIES[n] ?? OTHERS_COLOUR, text]);
  if (colour === "site" && rest > 0) rows.push([OTHERS_COLOUR, `others ${bytesText(rest)}`]);
  return (
    <ul class="legend" aria-label="Colours">
      {rows.map(([ink, text]) => (
        <li key={text}>
          <span class="swatch" style={{ background: ink }} />
          <span class="clip">{text}</span>
        </li>
      ))}
      <li>
        <span class="swatch swatch-fits" />
        hole, the request fits
      </li>
      <li>
        <span class="swatch swatch-hole" />
        hole, it does not
      </li>
    </ul>
  );
}
