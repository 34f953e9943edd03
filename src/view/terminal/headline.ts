// Draws the headline of a heap.
import { own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";
import { wrapLines } from "./wrap.ts";

/** Name of a heap and what is known of it, in one line where both fit. */
export function headline(heap: string, about: Printable, paint: Paint): Printable[] {
  const name = printable(heap) || own("heap");
  if (name.length + 2 + about.length <= paint.width) return [shown`${paint.bold(name)}  ${paint.dim(about)}`];
  return [paint.bold(name), ...wrapLines(about, paint, "  ").map(paint.dim)];
}
