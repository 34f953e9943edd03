// The marks of an index.
import { RecordingDamage } from "../buffers.ts";
import type { IndexedMark } from "./indexed_recording.ts";
import type { RawMark, RecordingIndex } from "./recording_index.ts";

const MAX_MARKS = 2 ** 20;
/** What a source writes that knows how many operations it did not see. */
const MISSED = /^missed \d/;

/** Adds a mark that stands before the next row of a heap. Throws `RecordingDamage` where there are too many. */
export function addMark(
  { marks, heaps }: RecordingIndex,
  kind: "mark" | "load" | "refused",
  { heap, ...rest }: Omit<RawMark, "kind" | "row">,
): void {
  if (marks.length === MAX_MARKS) throw new RecordingDamage(`more than ${MAX_MARKS} marks`);
  const row = heaps[heap]?.rows ?? 0;
  const told: IndexedMark["kind"] = kind === "mark" && MISSED.test(rest.name) ? "missed" : kind;
  marks.push({ kind: told, heap, row, ...rest });
}
