// What the rows of a batch are: columns that all readers of an index go through.
import type { BatchColumns } from "../batch_columns.ts";
import { opsIn } from "../batch_ops.ts";
import { CONSOLE_HEAP, FINDINGS_HEAP, type OpName } from "../schema.ts";

/** The columns that are looked at in every row, unpacked. */
export interface BatchRows {
  readonly batch: BatchColumns;
  readonly length: number;
  /** By row the number of its operation; by that number the code of its letter, 0 where it is in no trace, and its name. */
  readonly op: Int32Array;
  readonly letters: Uint8Array;
  readonly names: readonly OpName[];
  /** Number of the heap's name, and of its instance. */
  readonly heap: Int32Array;
  readonly instance: Float64Array;
  readonly time: Float64Array;
}

/** Unpacks what every row has. Throws `RecordingDamage`. */
export function batchRows(batch: BatchColumns): BatchRows {
  const { numbers: op, letters, names } = opsIn(batch);
  const heap = batch.texts("heap");
  return {
    batch,
    length: batch.length,
    op,
    letters,
    names,
    heap,
    instance: batch.numbers("instance"),
    time: batch.numbers("time"),
  };
}

/** Number of the text that a row has in the column of names, as a text. */
export function nameIn(batch: BatchColumns, row: number): string {
  return batch.textOf("name", batch.texts("name")[row] as number);
}

/** True for a row of the secure console. */
export function isConsole({ batch, heap }: BatchRows, row: number): boolean {
  return batch.textOf("heap", heap[row] as number) === CONSOLE_HEAP;
}

/** True for a row that is a finding. */
export function isFindingRow({ batch, heap }: BatchRows, row: number): boolean {
  return batch.textOf("heap", heap[row] as number) === FINDINGS_HEAP;
}
