// Finds the TA or the command to which a row belongs.
import { countLeading } from "../../base/bisect.ts";

/** Names the TA, or its command, in which a row was made; empty for none. */
export type OwnerOf = (row: number) => string;

/** Rows [from, to) of an entry into a TA. */
interface OwnedRows {
  readonly from: number;
  readonly to: number;
  /** UUID, or name of the command. */
  readonly owner: string;
}

/** Looks owners up in entries; of entries within one another the innermost counts. Null where there are none. */
export function createOwnerOf(spans: readonly OwnedRows[]): OwnerOf | null {
  if (spans.length === 0) return null;
  const sorted = spans.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from || b.to - a.to);
  // Latest end of all spans up to each, so that the search back can end.
  const reach: number[] = [];
  for (const { to } of sorted) reach.push(Math.max(to, reach.at(-1) ?? 0));
  return (row) => {
    for (
      let i = countLeading(sorted.length, (n) => (sorted[n]?.from ?? 0) <= row) - 1;
      i >= 0 && (reach[i] ?? 0) > row;
      i--
    ) {
      const span = sorted[i];
      if (span && span.to > row) return span.owner;
    }
    return "";
  };
}
