// Draws a bar.
import { own, type Printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;

/** How wide a bar is that takes `usual` characters of 80 columns: it gets a share of what a wider terminal has, and gives up as much. */
export function barWidth(usual: number, { width }: Pick<Paint, "width">, share = 0.25): number {
  return Math.max(4, Math.round(usual + (width - 80) * share));
}

/** A bar of `width` characters that is filled for `value` of `whole`, in eighths of a character. */
export function bar(value: number, whole: number, width: number): Printable {
  const eighths = whole > 0 ? Math.round(Math.min(1, value / whole) * width * 8) : 0;
  const full = shown`${own("█").repeat(eighths >> 3)}${EIGHTHS[eighths & 7] ?? ""}`;
  return full.padEnd(width);
}
