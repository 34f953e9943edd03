// Draws a bar.
import { own, type Printable, shown } from "../../base/printable.ts";

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;

/** A bar of `width` characters that is filled for `value` of `whole`, in eighths of a character. */
export function bar(value: number, whole: number, width: number): Printable {
  const eighths = whole > 0 ? Math.round(Math.min(1, value / whole) * width * 8) : 0;
  const full = shown`${own("█").repeat(eighths >> 3)}${EIGHTHS[eighths & 7] ?? ""}`;
  return full.padEnd(width);
}
