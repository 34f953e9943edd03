// Writes a sample as a row.
import type { Sample } from "./recording.ts";
import type { RowSink } from "./rows.ts";
import { NO_ALLOCATED, NO_SIZE } from "./schema.ts";

/** Writes the counters of one allocator. Columns that events have, too, cannot be null: `arg` tells what is not known. */
export function writeSample({ time, heap, stats, thread = "", boot = 0 }: Sample, writer: RowSink): void {
  const { size = 0, allocated = 0 } = stats;
  const arg = (stats.allocated === undefined ? NO_ALLOCATED : 0) | (stats.size === undefined ? NO_SIZE : 0);
  writer.add({ op: "sample", time, name: heap, instance: boot, thread, size, arg, allocated, counters: stats });
}
