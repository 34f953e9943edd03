// Reads a sample from a row.
import { zeroCounters } from "../malloc/counters.ts";
import type { BatchColumns } from "./batch_columns.ts";
import { RecordingDamage } from "./buffers.ts";
import type { Sample } from "./recording.ts";
import { COUNTER_COLUMNS, columnsOf, type NamesOf } from "./schema.ts";

/** The sample in a row of a batch. */
export function readSample(batch: BatchColumns, row: number): Sample {
  const number = (name: NamesOf<"u64" | "counter">): number => Number(batch.exact(name, row) ?? 0n);
  const stats = { ...zeroCounters(), allocated: number("allocated"), size: number("size") };
  for (const column of columnsOf("counter")) {
    const name = COUNTER_COLUMNS[column];
    if (name !== "free2Sum") stats[name] = number(column);
  }
  // All but the largest failed request are bytes of the pools.
  const { allocated, maxAllocated, size, biggestFailureUsed } = stats;
  if (Math.max(allocated, maxAllocated, biggestFailureUsed) > size)
    throw new RecordingDamage(`a sample counts more bytes than the ${size} of its pool`);
  const free2Sum = batch.exact("free2_sum", row);
  return {
    time: number("time"),
    heap: batch.textOf("name", batch.texts("name")[row] ?? -1),
    stats: free2Sum === undefined ? stats : { ...stats, free2Sum },
  };
}
