import { calloc, free, freeWipe, malloc, realloc } from "../malloc/malloc.ts";
import type { Core } from "./core.ts";
import type { BootOp } from "./profile.ts";

/** Blocks of a recorded series by number, as offsets; 0 for those that are freed, or never were. */
export type SeriesBlocks = number[];

/**
 * Performs recorded operations on the core heap. `blocks` continues the numbering of an earlier series. `each` hears of
 * every operation with the block it made. Returns false at the first refusal, with the blocks made so far in `blocks`.
 */
export function performSeries(
  core: Core,
  series: readonly BootOp[],
  blocks: SeriesBlocks,
  each: (step: BootOp, block: number) => void = () => {},
): boolean {
  const { heap } = core;
  for (const step of series) {
    const { op, of, size, file, line } = step;
    const old = blocks[of] ?? 0;
    if (op === "F" || op === "W") {
      each(step, old);
      (op === "F" ? free : freeWipe)(heap, old, file, line);
      blocks[of] = 0;
      continue;
    }
    const made =
      op === "M"
        ? malloc(heap, size, file, line)
        : op === "C"
          ? calloc(heap, 1, size, file, line)
          : realloc(heap, old, size, file, line);
    if (made === 0) return false;
    if (op === "R") blocks[of] = 0;
    blocks.push(made);
    each(step, made);
  }
  return true;
}
