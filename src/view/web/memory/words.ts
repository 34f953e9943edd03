// How groupings and measures are called on the page.
import type { Grouping } from "../../../analyze/ranges/block_owner.ts";
import type { Measure } from "../../../analyze/ranges/range_sums.ts";
import type { IndexedHeap } from "../../../recording/indexed/indexed_recording.ts";

export const GROUPING_WORDS: Readonly<Record<Grouping, string>> = {
  site: "call site",
  file: "file",
  function: "function",
  ta: "TA",
  thread: "thread",
  command: "command",
  mark: "test",
  stack: "call stack",
};

const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  peak: "held at the peak",
  retained: "allocated here, still held at the end",
  end: "held at the end",
  allocated: "allocated here, freed or not",
  freed: "freed here",
};

/** The same of leak lists, which show what was held when they were printed, and nothing between them. */
const LIST_MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  peak: "held in the largest list",
  retained: "new in these lists, and still in the last of them",
  end: "held in the last list",
  allocated: "new in these lists",
  freed: "gone in these lists",
};

/** How measures are called of a heap. */
export function measureWords({ lists }: Pick<IndexedHeap, "lists">): Readonly<Record<Measure, string>> {
  return lists ? LIST_MEASURE_WORDS : MEASURE_WORDS;
}

/** What leak lists do not have. */
export const LISTS_LACK = "A leak list has no pool and no peak, and does not show what happened between two lists.";

/** A group without a name. */
export function groupName(name: string, grouping: Grouping): string {
  return name === "" ? `(no ${GROUPING_WORDS[grouping]})` : name;
}
