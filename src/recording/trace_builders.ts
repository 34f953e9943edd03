// Builds the traces of all heaps of a recording.
import type { ByteStore } from "../replay/byte_store.ts";
import type { BatchColumns } from "./batch_columns.ts";
import { opsIn } from "./batch_ops.ts";
import { RecordingDamage } from "./buffers.ts";
import { byContext } from "./recording.ts";
import { createTraceBuilder, type TraceBuilder } from "./trace_builder.ts";

/** Every command goes through each heap, its entries and its marks. */
const MAX_HEAPS = 1024;

/**
 * Builders of all heaps that have events, by context in the order of `byContext`; their rows go to `store`. Throws
 * `RecordingDamage` where there are too many.
 */
export function createBuilders(
  names: ReadonlySet<string>,
  version: string,
  store: ByteStore,
): Map<string, TraceBuilder> {
  if (names.size > MAX_HEAPS) throw new RecordingDamage(`${names.size} heaps; at most ${MAX_HEAPS} are possible`);
  return new Map([...names].sort(byContext).map((heap) => [heap, createTraceBuilder(heap, version, store)]));
}

/** Adds the names of the heaps that have events in a batch. */
export function addHeaps(batch: BatchColumns, names: Set<string>): void {
  const unknown = new Set(batch.numbersIn("heap").filter((number) => !names.has(batch.textOf("heap", number))));
  if (unknown.size === 0) return;
  const { numbers, letters } = opsIn(batch);
  const heaps = batch.texts("heap");
  for (let row = 0; row < batch.length && unknown.size > 0; row++) {
    const heap = heaps[row] as number;
    if (letters[numbers[row] as number] === 0 || !unknown.delete(heap)) continue;
    names.add(batch.textOf("heap", heap));
  }
}
