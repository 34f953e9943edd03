// Finds the mark and the command in which a row was made.
import { countLeading } from "../../base/bisect.ts";
import type { HeapIndex, RawEntry, RecordingIndex } from "./recording_index.ts";

/** Names what ran at a row of the recording. */
interface Owners {
  /** Name of the mark of the heap's context, empty before the first. */
  mark(position: number): string;
  /** Command of the innermost entry into this life of the heap, empty for none. */
  command(position: number): string;
}

/** Of one heap. */
export function ownersOf({ marks, entries }: RecordingIndex, { context, instance }: HeapIndex): Owners {
  const own = marks.filter(
    ({ kind, context: name }) => (kind === "mark" || kind === "missed") && name === context.name,
  );
  const open = entries.filter((entry) => entry.context === context.name && entry.instance === instance);
  // Latest end of all entries up to each, so that the search back can end.
  const ends = open.map(endOf);
  let most = 0;
  const reach = ends.map((end) => {
    most = Math.max(most, end);
    return most;
  });
  return {
    mark: (position) => own[countLeading(own.length, (n) => (own[n]?.position ?? 0) <= position) - 1]?.name ?? "",
    command(position) {
      let at = countLeading(open.length, (n) => (open[n]?.fromPosition ?? 0) <= position) - 1;
      for (; at >= 0 && (reach[at] as number) > position; at--)
        if ((ends[at] as number) > position) return open[at]?.name ?? "";
      return "";
    },
  };
}

function endOf({ toPosition }: RawEntry): number {
  return toPosition < 0 ? Number.POSITIVE_INFINITY : toPosition;
}
