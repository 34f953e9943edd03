// Says which names are like one that nothing has.
import { nearest } from "../../base/nearest.ts";
import { clip } from "../../base/printable.ts";

/** Names that are listed at most. */
const LISTED = 5;

/** `; did you mean a, b or c?`, or nothing if no name is near. */
export function suggest(typed: string, names: readonly string[]): string {
  const near = nearest(typed, names);
  const last = near.pop();
  if (last === undefined) return "";
  return `; did you mean ${near.length > 0 ? `${near.join(", ")} or ` : ""}${last}?`;
}

/** The same; where none is near, `; it has a, b, c …`. */
export function suggestOrList(typed: string, names: readonly string[]): string {
  if (names.length === 0) return "; it has none at all";
  const some = names.slice(0, LISTED).map((name) => clip(name));
  return suggest(typed, names) || `; it has ${some.join(", ")}${names.length > LISTED ? " …" : ""}`;
}
