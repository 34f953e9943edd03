// A trace whose rows may only be read in parts.
import { memoryStore } from "../../src/replay/byte_store.ts";
import { createRowPacker } from "../../src/replay/packed_rows.ts";
import { packedTrace } from "../../src/replay/packed_trace.ts";
import { ROW_COLUMNS } from "../../src/replay/row_columns.ts";
import type { RecordedTrace } from "../../src/replay/trace_columns.ts";

/** The same trace, packed. Whoever asks for a whole column of it, which takes memory for every row, fails. */
export function inParts(trace: RecordedTrace): RecordedTrace {
  const rows = createRowPacker(memoryStore());
  for (let row = 0; row < trace.length; row++) {
    const at = rows.next();
    for (const name of ROW_COLUMNS) rows.columns[name][at] = trace[name][row] as number;
  }
  const packed = packedTrace(trace, rows.finish(), trace.blocks);
  for (const name of ROW_COLUMNS)
    Object.defineProperty(packed, name, {
      get() {
        throw new Error(`the whole column ${name} was asked for`);
      },
    });
  return packed;
}
