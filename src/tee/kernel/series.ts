// Replays a recorded series of operations on a heap.
import { addPool } from "../../malloc/add_pool.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { isRelease, OP } from "../../malloc/operation.ts";
import { performOperation } from "../../malloc/perform.ts";
import { poolsOf } from "../../malloc/pools.ts";
import type { HeapStep } from "../../platform/platform.ts";
import type { Core } from "./core.ts";

/** Blocks of a recorded series by number, as offsets; 0 for those that are freed, or never were. */
export type SeriesBlocks = number[];

/**
 * Performs recorded operations on a heap. `blocks` continues the numbering of an earlier series. `each` is called after every
 * operation with the block it made. Returns false at the first failure, with the blocks made so far in `blocks`.
 */
export function performSeries(
  { heap }: Pick<Core, "heap">,
  series: readonly HeapStep[],
  blocks: SeriesBlocks,
  each: (step: HeapStep, block: number) => void = () => {},
): boolean {
  for (const step of series) {
    const { op, of, size, arg = 1, file, line } = step;
    if (op === "P") {
      if (addPool(heap, endOfFirstPool(heap) + arg, size) === null) return false;
      continue;
    }
    const old = blocks[of] ?? 0;
    const releases = isRelease(OP[op]);
    if (releases) each(step, old);
    const made = performOperation(heap, OP[op], old, size, arg, file, line);
    if (made === 0 && !releases) return false;
    if (of > 0) blocks[of] = 0;
    if (releases) continue;
    blocks.push(made);
    each(step, made);
  }
  return true;
}

function endOfFirstPool(heap: MallocContext): number {
  const [first] = poolsOf(heap);
  return first === undefined ? 0 : first.at + first.length;
}
