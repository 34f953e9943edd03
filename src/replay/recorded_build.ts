// Detects the build of the recorded allocator.
import type { Word } from "../heap/geometry.ts";
import type { RecordedTrace } from "./trace_columns.ts";
import { rowAt } from "./trace_rows.ts";

/** How the allocator that was recorded had been compiled, as far as a trace shows it. */
export interface RecordedBuild {
  readonly word: Word;
  /** Leak headers (ENABLE_MDBG). */
  readonly leakHeaders: boolean;
  /** The heap is the core's. */
  readonly core: boolean;
}

/**
 * Reads the build off the first pool table: an entry is two words, and its block is a header larger where there are no
 * leak headers. A trace that shows nothing is taken for a 64-bit one without.
 */
export function recordedBuild(trace: RecordedTrace): RecordedBuild {
  const core = trace.context === "core";
  for (const { pools } of trace.instances) {
    const row = pools[0]?.tableRow ?? -1;
    if (row < 0) continue;
    const { first, size, allocated } = rowAt(trace, row);
    const word = size[row - first] === 8 ? 4 : 8;
    const plain = 2 * word + 2 * word;
    return { word, leakHeaders: (allocated[row - first] as number) > plain, core };
  }
  return { word: 8, leakHeaders: false, core };
}
