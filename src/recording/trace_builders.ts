// Builds the traces of all heaps of a recording.
import type { BatchColumns } from "./batch_columns.ts";
import { RecordingDamage } from "./buffers.ts";
import { byContext } from "./recording.ts";
import { OPS, type OpName, TRACE_CODE } from "./schema.ts";
import { createTraceBuilder, type TraceBuilder } from "./trace_builder.ts";

/** Every command goes through each heap, its entries and its marks. */
const MAX_HEAPS = 1024;

/**
 * Builders of all heaps that have events, by context in the order of `byContext`, each with exactly the room it needs.
 * Throws `RecordingDamage` where there are too many.
 */
export function createBuilders(counts: ReadonlyMap<string, number>, version: string): Map<string, TraceBuilder> {
  if (counts.size > MAX_HEAPS) throw new RecordingDamage(`${counts.size} heaps; at most ${MAX_HEAPS} are possible`);
  const heaps = [...counts.keys()].sort(byContext);
  return new Map(heaps.map((heap) => [heap, createTraceBuilder(heap, version, counts.get(heap) ?? 0)]));
}

/** What the rows of a batch tell, by the number of their operation. */
interface Ops {
  /** For each row its number. */
  readonly numbers: Int32Array;
  /** For each number its name, and its letter in a trace; 0 for those that are in none. */
  readonly names: readonly OpName[];
  readonly letters: Uint8Array;
}

/** Reads the operations of a batch. */
export function opsIn(batch: BatchColumns): Ops {
  const numbers = batch.texts("op");
  const names: OpName[] = [];
  const letters = new Uint8Array(numbers.reduce((most, number) => Math.max(most, number + 1), 0));
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] as number;
    if (names[number] !== undefined) continue;
    const name = knownOp(batch.textOf("op", number));
    names[number] = name;
    letters[number] = TRACE_CODE.get(name) ?? 0;
  }
  return { numbers, names, letters };
}

function knownOp(text: string): OpName {
  const name = OPS.find((op) => op === text);
  if (name === undefined) throw new RecordingDamage(`unknown operation '${text}'`);
  return name;
}

/** Adds the rows of a batch that belong into the trace of a heap to the counts by heap. */
export function countEvents(batch: BatchColumns, rows: Map<string, number>): void {
  const { numbers, letters } = opsIn(batch);
  const heaps = batch.texts("heap");
  const counts: number[] = [];
  for (let row = 0; row < batch.length; row++) {
    if (letters[numbers[row] as number] === 0) continue;
    const heap = heaps[row] as number;
    counts[heap] = (counts[heap] ?? 0) + 1;
  }
  counts.forEach((count, number) => {
    const heap = batch.textOf("heap", number);
    rows.set(heap, (rows.get(heap) ?? 0) + count);
  });
}
