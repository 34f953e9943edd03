// What tables do where a terminal is too narrow for their rows.
import { own, type Printable, shown } from "../../base/printable.ts";
import { shownColumns } from "./columns.ts";
import type { Paint } from "./paint.ts";
import { wrapLines } from "./wrap.ts";

/** Columns from which rows stand as they are. What goes on beyond an even wider terminal is folded. */
const ROOM = 64;

/** True where tables have to do with less: fewer columns, or one fact a line. */
export function isNarrow({ width }: Pick<Paint, "width">): boolean {
  return width < ROOM;
}

/** Rows that end with a place, or with none: behind the other cells, or below them in every row where one does not fit. */
export function placeRows(
  rows: readonly (readonly [cells: Printable, place: Printable])[],
  paint: Pick<Paint, "width">,
): Printable[] {
  const below =
    isNarrow(paint) && rows.some(([cells, place]) => shownColumns(cells) + 2 + shownColumns(place) > paint.width);
  return below
    ? rows.flatMap(([cells, place]) => (place === "" ? [cells] : [cells.trimEnd(), shown`    ${place}`]))
    : rows.map(([cells, place]) => (place === "" ? cells : shown`${cells}  ${place}`));
}

/** A sentence behind a head, which has `column` columns: beside it, or below where the terminal is narrow. */
export function beside(
  head: Printable,
  column: number,
  text: string,
  paint: Pick<Paint, "width"> & Partial<Pick<Paint, "called">>,
): Printable[] {
  const narrow = isNarrow(paint);
  const [first = own(""), ...rest] = wrapLines(text, paint, " ".repeat(narrow ? 4 : column));
  return narrow
    ? [head, first, ...rest]
    : [shown`${head}${own(" ").repeat(column - shownColumns(head))}${first.trimStart()}`, ...rest];
}
