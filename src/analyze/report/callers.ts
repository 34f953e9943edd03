// Puts call sites together that are reached on different ways.
import type { Site } from "../../replay/trace_columns.ts";

/** For each site the first one with the same function and place: stacks tell sites apart that are one caller. */
export function callersOf(sites: readonly Site[]): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(sites, ({ func, place }, site) => {
    const key = `${func}\t${place}`;
    const first = known.get(key) ?? site;
    known.set(key, first);
    return first;
  });
}
