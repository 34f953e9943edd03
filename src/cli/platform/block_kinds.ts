// Counts the kinds of blocks in a recording: allocated at one place, with one size, released at one place.
import type { CapturedEvent } from "./captured_events.ts";

/** A kind of block. */
export interface BlockKind {
  readonly zeroed: boolean;
  readonly place: string;
  /** Bytes. */
  readonly size: number;
  /** `F PLACE` or `W PLACE`; empty where it stays, or was moved. */
  readonly end: string;
  count: number;
}

/** The kinds on a heap, blocks of realloc left out. */
export function kindsOf(events: readonly CapturedEvent[]): BlockKind[] {
  const kinds = new Map<string, BlockKind>();
  for (const { made } of events) {
    if (made === null || (made.made.letter === "R" && made.made.pointer !== 0)) continue;
    const { letter, place, size } = made.made;
    const end = made.ended === null || made.ended.letter === "R" ? "" : `${made.ended.letter} ${made.ended.place}`;
    const key = `${letter} ${place} ${size} ${end}`;
    const kind = kinds.get(key) ?? { zeroed: letter === "C", place, size, end, count: 0 };
    kind.count++;
    kinds.set(key, kind);
  }
  return [...kinds.values()];
}

/** What most blocks have; undefined for no blocks. */
export function mostFrequent(kinds: readonly BlockKind[], of: "place" | "end"): string | undefined {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind[of], (counts.get(kind[of]) ?? 0) + kind.count);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
