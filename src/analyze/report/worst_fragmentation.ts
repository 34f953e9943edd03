// Finds the worst fragmentation of a heap, by replay.
import { fragmentationPercent } from "../../abi/fragmentation.ts";
import { emptyRecord } from "../../abi/record.ts";
import { freeSquareSum } from "../../heap/bstats.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { type Difference, verifyTrace } from "../../replay/verify.ts";

/** How scattered the free memory of a heap was at worst. */
interface WorstFragmentation {
  /** As `xtest --stats` of OP-TEE 4.6 and later would have printed it then, in whole percent. */
  readonly percent: number;
  readonly row: number;
}

/**
 * Replays a trace through the allocator and measures after every row. Where neither fit gives the recorded addresses, that
 * cannot be told: then the first difference of the better one.
 */
export function worstFragmentation(
  trace: RecordedTrace,
  onProgress: (rows: number) => void = () => {},
): WorstFragmentation | Difference {
  let best: Difference | undefined;
  for (const fit of ["first", "best"] as const) {
    const { difference, worst } = measure(trace, fit, onProgress);
    if (difference === null) return worst;
    if (best === undefined || difference.row > best.row) best = difference;
  }
  return best as Difference;
}

function measure(
  trace: RecordedTrace,
  fit: "first" | "best",
  onProgress: (rows: number) => void,
): { difference: Difference | null; worst: WorstFragmentation } {
  let least = 1;
  let worst: WorstFragmentation = { percent: 0, row: 0 };
  const { difference } = verifyTrace(trace, {
    fit,
    onProgress,
    onRow(row, { size, heap }) {
      // Whole quanta squared over bytes squared: good enough to compare; the figure itself is computed as OP-TEE does.
      // Nothing free but the end marks of the pools: that is full, not scattered.
      if (heap.freeSquares === 0) return;
      const free = size - heap.allocated;
      const ordered = (heap.freeSquares * heap.geometry.quantum ** 2) / (free * free);
      if (!(ordered < least)) return;
      least = ordered;
      const stats = { ...emptyRecord(), size, allocated: heap.allocated, free2Sum: freeSquareSum(heap) };
      worst = { percent: fragmentationPercent(stats) ?? 0, row };
    },
  });
  return { difference, worst };
}
