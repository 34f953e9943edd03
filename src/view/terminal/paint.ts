/** Colours text, or not: what NO_COLOR and the terminal allow is decided where the output goes. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** Paints with the terminal's own colours, or passes text through. */
export function createPaint(colours: boolean): Paint {
  const by = (name: keyof typeof CODES): ((text: string) => string) => {
    const [on, off] = CODES[name];
    return colours ? (text) => `\x1b[${on}m${text}\x1b[${off}m` : (text) => text;
  };
  return {
    bold: by("bold"),
    dim: by("dim"),
    red: by("red"),
    green: by("green"),
    yellow: by("yellow"),
    cyan: by("cyan"),
  };
}
