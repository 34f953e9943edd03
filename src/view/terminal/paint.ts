// Colours text for a terminal.
import { own, type Printable, type Shown, shown } from "../../base/printable.ts";

/** Gives printable text a look. */
type Style = <T extends string>(text: Shown<T>) => Printable;

/** Colours text, or not: what NO_COLOR and the terminal allow is decided where the output goes. */
export type Paint = Readonly<Record<keyof typeof CODES, Style>>;

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  inverse: [7, 27],
} as const;

/** Paints with the terminal's own colours, or passes text through. */
export function createPaint(colours: boolean): Paint {
  const by = (name: keyof typeof CODES): Style => {
    const [on, off] = CODES[name];
    return colours ? (text) => shown`\x1b[${on}m${own(text)}\x1b[${off}m` : own;
  };
  return {
    bold: by("bold"),
    dim: by("dim"),
    red: by("red"),
    green: by("green"),
    yellow: by("yellow"),
    cyan: by("cyan"),
    inverse: by("inverse"),
  };
}
