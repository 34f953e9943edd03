// How groupings and measures are called on the page.
import type { Grouping } from "../../../analyze/ranges/block_owner.ts";
import type { Measure } from "../../../analyze/ranges/range_sums.ts";

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

export const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  peak: "held at the peak",
  retained: "allocated here, still held at the end",
  end: "held at the end",
  allocated: "allocated here, freed or not",
  freed: "freed here",
};

/** A group without a name. */
export function groupName(name: string, grouping: Grouping): string {
  return name === "" ? `(no ${GROUPING_WORDS[grouping]})` : name;
}
