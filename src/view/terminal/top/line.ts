// A line of the screen: cells with a look, in columns of a terminal.
import { joined, own, type Printable } from "../../../base/printable.ts";
import { cutTo, terminalColumns } from "../columns.ts";
import type { Look, Paint } from "../paint.ts";

/** A piece of a line, without colours yet. */
export interface Cell {
  readonly text: Printable;
  readonly looks: readonly Look[];
}

/** A line that is ready, and how many columns it takes. */
export interface ScreenLine {
  readonly text: Printable;
  readonly columns: number;
}

export function cell(text: Printable, ...looks: readonly (Look | null)[]): Cell {
  return { text, looks: looks.filter((look) => look !== null) };
}

/** Cells one after the other, cut at the width. A chosen line is marked over its whole width, in colours turned round. */
export function screenLine(cells: readonly Cell[], width: number, paint: Paint, chosen = false): ScreenLine {
  let columns = 0;
  const parts: Printable[] = [];
  for (const { text, looks } of cells) {
    const cut = cutTo(text, width - columns);
    columns += terminalColumns(cut);
    if (cut !== "") parts.push(chosen ? cut : looks.reduce((painted, look) => paint[look](painted), cut));
    if (columns >= width) break;
  }
  if (!chosen) return { text: joined(parts), columns };
  const blank = own(" ").repeat(width - columns);
  return { text: paint.inverse(joined([...parts, blank])), columns: width };
}

export const EMPTY: ScreenLine = { text: own(""), columns: 0 };
