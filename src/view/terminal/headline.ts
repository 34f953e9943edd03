import { printable } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** Name of a heap and what is known of it, in one line where both fit. */
export function headline(heap: string, about: string, paint: Paint): string[] {
  const name = printable(heap) || "heap";
  if (name.length + 2 + about.length <= 80) return [`${paint.bold(name)}  ${paint.dim(about)}`];
  return [paint.bold(name), ...wrap(about, 80, "  ").split("\n").map(paint.dim)];
}
