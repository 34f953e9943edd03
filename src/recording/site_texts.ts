// The texts of call sites, by their numbers.
import type { Site } from "../replay/trace_columns.ts";
import type { SiteTexts } from "./site_numbers.ts";

/** Columns that a call site is made of. */
export type SiteColumn = "func" | "place" | "stack";

/** The call site; without a stack where none is known. */
export function siteOfTexts(
  [func, place, stack]: SiteTexts,
  textOf: (column: SiteColumn, number: number) => string,
): Site {
  const site = { func: textOf("func", func), place: textOf("place", place) };
  const way = textOf("stack", stack);
  return way === "" ? site : { ...site, stack: way };
}
