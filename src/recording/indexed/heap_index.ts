// Takes the rows of one heap into its index.
import { asksMemory, OP } from "../../malloc/operation.ts";
import { createBins } from "./bins.ts";
import { packBlocks } from "./block_bytes.ts";
import { type BlockMaker, createLiveSet } from "./live_set.ts";
import type { HeapContext, HeapIndex } from "./recording_index.ts";

/** Bytes of all sets that are kept of a heap; then every second one goes. */
const MOST_KEPT = 2 ** 22;
/** Batches between two sets: to find the blocks of a moment takes no more than so many. */
const KEPT_EVERY = 4;

/** A heap without rows. */
export function createHeapIndex(kind: HeapIndex["kind"], context: HeapContext, instance: number): HeapIndex {
  return {
    kind,
    context,
    instance,
    rows: 0,
    from: 0,
    to: 0,
    pools: [],
    poolSize: 0,
    peak: { allocated: -1, time: 0, row: 0 },
    allocated: 0,
    refused: 0,
    found: 0,
    counted: 0,
    bins: createBins(),
    live: createLiveSet(),
    kept: [],
  };
}

/** Enters an operation. True if it is a request that failed. */
export function indexOperation(
  heap: HeapIndex,
  op: number,
  pointer: number,
  size: number,
  result: number,
  allocated: number,
  by: BlockMaker,
): boolean {
  const refused = result === 0 && asksMemory(op);
  heap.live.operate(op, pointer, size, result, allocated, by);
  if (op === OP.P) {
    heap.pools.push({ address: pointer, length: size, time: by.time, row: heap.rows });
    heap.poolSize += size;
  }
  takeRow(heap, by.time, allocated, refused);
  if (refused) heap.refused++;
  return refused;
}

/** Enters a row of any kind; `allocated` is NaN where it is not known. */
export function takeRow(heap: HeapIndex, time: number, allocated: number, refused: boolean): void {
  heap.bins.add(time, allocated, refused);
  if (heap.rows === 0) heap.from = time;
  // A clock that goes back does not take the heap back.
  heap.to = Math.max(heap.to, time);
  if (allocated > heap.peak.allocated) heap.peak = { allocated, time, row: heap.rows };
  if (!Number.isNaN(allocated)) heap.allocated = allocated;
  heap.rows++;
}

/** Keeps the live blocks before the heap's first row in a batch, if that is due. */
export function keepSet(heap: HeapIndex, batch: number): void {
  // Before the first row there are none.
  if (heap.kind !== "events" || heap.rows === 0 || batch - (heap.kept.at(-1)?.batch ?? 0) < KEPT_EVERY) return;
  heap.kept.push({ batch, time: heap.to, bytes: packBlocks(heap.live) });
  while (heap.kept.length > 2 && heap.kept.reduce((sum, { bytes }) => sum + bytes.length, 0) > MOST_KEPT)
    heap.kept = heap.kept.filter((_, n) => n % 2 === 0);
}
