// Colours that people who see few of them tell apart: Okabe and Ito's for names, cividis for ages.

/** For the names that hold most; what comes behind them is grey. */
export const CATEGORIES = ["#56b4e9", "#e69f00", "#009e73", "#f0e442", "#cc79a7", "#0072b2", "#d55e00"] as const;
export const OTHERS_COLOUR = "#a3a9b0";

/** From just made to old. */
export const AGES = ["#ffea46", "#cbba69", "#958f78", "#666970", "#31446b", "#00204d"] as const;

/** Colour of the name that is the n-th largest. */
export function categoryColour(n: number): string {
  return CATEGORIES[n] ?? OTHERS_COLOUR;
}

/** Colour of an age, from 0 (just made) to 1 (as old as can be). */
export function ageColour(share: number): string {
  return AGES[Math.max(0, Math.min(AGES.length - 1, Math.floor(share * AGES.length)))] ?? OTHERS_COLOUR;
}

/** Black or white, whichever is easier to read on a colour `#rrggbb`. */
export function inkOn(colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255));
  const light = 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
  // The light at which both have the same contrast: 1.05 / (l + 0.05) = (l + 0.05) / 0.05.
  return light > 0.179 ? "#000000" : "#ffffff";
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
