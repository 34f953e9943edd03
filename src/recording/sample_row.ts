import type { AllocStats } from "../abi/record.ts";
import type { BatchColumns } from "./batch_columns.ts";
import { Damage } from "./buffers.ts";
import type { Sample } from "./recording.ts";
import type { NamesOf } from "./schema.ts";

/** The sample in a row of a batch. */
export function readSample(batch: BatchColumns, row: number): Sample {
  const number = (name: NamesOf<"u64" | "counter">): number => Number(batch.exact(name, row) ?? 0n);
  const stats: AllocStats = {
    allocated: number("allocated"),
    maxAllocated: number("max_allocated"),
    size: number("size"),
    failures: number("failures"),
    biggestFailure: number("biggest_failure"),
    biggestFailureUsed: number("biggest_failure_used"),
  };
  // All but the largest refused request are bytes of the pools.
  const { allocated, maxAllocated, size, biggestFailureUsed } = stats;
  if (Math.max(allocated, maxAllocated, biggestFailureUsed) > size)
    throw new Damage(`a sample counts more bytes than the ${size} of its pool`);
  const free2Sum = batch.exact("free2_sum", row);
  return {
    time: number("time"),
    heap: batch.textOf("name", batch.texts("name")[row] ?? -1),
    stats: free2Sum === undefined ? stats : { ...stats, free2Sum },
  };
}
