// Reads the operations of a batch.
import type { BatchColumns } from "./batch_columns.ts";
import { RecordingDamage } from "./buffers.ts";
import { OPS, type OpName, TRACE_CODE } from "./schema.ts";

/** What the rows of a batch tell, by the number of their operation. */
export interface BatchOps {
  /** For each row its number. */
  readonly numbers: Int32Array;
  /** For each number its name, and its letter in a trace; 0 for those that are in none. */
  readonly names: readonly OpName[];
  readonly letters: Uint8Array;
}

/** Reads the operations of a batch. */
export function opsIn(batch: BatchColumns): BatchOps {
  const numbers = batch.texts("op");
  const names: OpName[] = [];
  const known = batch.numbersIn("op");
  const letters = new Uint8Array(known.reduce((most, number) => Math.max(most, number + 1), 0));
  for (const number of known) {
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
