// How many columns of a terminal text takes, and text that fits into some.
import { own, type Printable, printable, shown } from "../../base/printable.ts";

// East Asian wide and fullwidth characters, and emoji (UAX #11, Unicode 16; unassigned ones of the same blocks among them).
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const MARK = /\p{M}/u;

/** Colours and links, which take no room. */
const LOOK = /\p{Cc}\[\d+m|\p{Cc}\]8;;\P{Cc}*\p{Cc}\\/gu;

/** Text without its colours and links. */
export function plainText(text: string): string {
  return text.replace(LOOK, "");
}

/** Columns of text that may have colours and links. */
export function shownColumns(text: string): number {
  return terminalColumns(plainText(text));
}

/** Columns of text without colours. */
export function terminalColumns(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfOne(character);
  return columns;
}

function columnsOfOne(character: string): number {
  if (character < "\u0300") return 1;
  return WIDE.test(character) ? 2 : MARK.test(character) ? 0 : 1;
}

/** Text in exactly so many columns: padded, or cut with `…`. */
export function fitted(text: Printable, width: number, side: "left" | "right" = "left"): Printable {
  const cut = cutTo(text, width);
  const blank = own(" ").repeat(Math.max(0, width - terminalColumns(cut)));
  return side === "left" ? shown`${cut}${blank}` : shown`${blank}${cut}`;
}

/** Text in at most so many columns. */
export function cutTo(text: Printable, width: number): Printable {
  if (terminalColumns(text) <= width) return text;
  if (width <= 0) return own("");
  let columns = 0;
  let kept = "";
  for (const character of text) {
    const wide = columnsOfOne(character);
    if (columns + wide > width - 1) break;
    columns += wide;
    kept += character;
  }
  // Pieces of printable text are printable.
  return shown`${printable(kept)}…`;
}
