// Reads a sample from a row.
import type { Counters } from "../malloc/counters.ts";
import type { BatchColumns } from "./batch_columns.ts";
import { RecordingDamage } from "./buffers.ts";
import type { Sample } from "./recording.ts";
import { COUNTER_COLUMNS, columnsOf, NO_ALLOCATED, NO_SIZE } from "./schema.ts";

/** The sample in a row of a batch. */
export function readSample(batch: BatchColumns, row: number): Sample {
  const unknown = Number(batch.exact("arg", row) ?? 0n);
  const stats: Partial<Counters> = {};
  if ((unknown & NO_ALLOCATED) === 0) stats.allocated = Number(batch.exact("allocated", row) ?? 0n);
  if ((unknown & NO_SIZE) === 0) stats.size = Number(batch.exact("size", row) ?? 0n);
  for (const column of columnsOf("counter")) {
    const name = COUNTER_COLUMNS[column];
    const value = batch.exact(column, row);
    if (name !== "free2Sum" && value !== undefined) stats[name] = Number(value);
  }
  // All but the largest failed request are bytes of the pools.
  const { allocated = 0, maxAllocated = 0, size, biggestFailureUsed = 0 } = stats;
  if (size !== undefined && Math.max(allocated, maxAllocated, biggestFailureUsed) > size)
    throw new RecordingDamage(`a sample counts more bytes than the ${size} of its pool`);
  const free2Sum = batch.exact("free2_sum", row);
  const boot = batch.numbers("instance")[row] ?? 0;
  const thread = batch.textOf("thread", batch.texts("thread")[row] ?? -1);
  return {
    time: Number(batch.exact("time", row) ?? 0n),
    heap: batch.textOf("name", batch.texts("name")[row] ?? -1),
    stats: free2Sum === undefined ? stats : { ...stats, free2Sum },
    ...(thread === "" ? {} : { thread }),
    ...(boot === 0 ? {} : { boot }),
  };
}
