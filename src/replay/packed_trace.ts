// Makes a trace of packed rows.
import type { PackedRows } from "./packed_rows.ts";
import { createColumn, ROW_COLUMNS, type RowColumn, type RowColumns } from "./row_columns.ts";
import type { RecordedTrace, TraceParts } from "./trace_columns.ts";
import { partsOf, wholeColumn } from "./trace_parts.ts";

/** A trace whose rows are packed. A column of it is unpacked as a whole when it is first asked for, and kept. */
export function packedTrace(
  head: Omit<RecordedTrace, RowColumn | "parts" | "length">,
  packed: PackedRows,
  slots: number,
): RecordedTrace {
  const { length } = packed;
  const parts = partsOf(packed, slots);
  const trace = { ...head, length };
  let blocks: Pick<RowColumns, "makes" | "ends"> | undefined;
  for (const name of ROW_COLUMNS) {
    let column: RowColumns[RowColumn] | undefined;
    Object.defineProperty(trace, name, {
      enumerable: true,
      get() {
        if (isBlocks(name)) {
          blocks ??= blockNumbers(parts, length);
          return blocks[name];
        }
        column ??= wholeColumn(parts, name, length);
        return column;
      },
    });
  }
  // A copy of the trace is one of its columns.
  Object.defineProperty(trace, "parts", { value: parts, enumerable: false });
  return trace as RecordedTrace;
}

function isBlocks(name: RowColumn): name is "makes" | "ends" {
  return name === "makes" || name === "ends";
}

/** The blocks that the rows make and end, numbered in the order in which they are made. */
function blockNumbers(parts: TraceParts, length: number): Pick<RowColumns, "makes" | "ends"> {
  const numbers = new Int32Array(parts.slots);
  const makes = createColumn("makes", length);
  const ends = createColumn("ends", length);
  let count = 0;
  for (const rows of parts.rows(0, length)) {
    for (let row = rows.from; row < rows.to; row++) {
      const ended = rows.ends[row - rows.first] as number;
      const made = rows.makes[row - rows.first] as number;
      ends[row] = ended < 0 ? -1 : (numbers[ended] as number);
      if (made >= 0) numbers[made] = count;
      makes[row] = made < 0 ? -1 : count++;
    }
  }
  return { makes, ends };
}
