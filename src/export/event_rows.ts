// The rows of a heap one after the other, for formats that list them: columns, block and mark of each.
import { followBlocks } from "../analyze/live_blocks.ts";
import { ROW_COLUMNS } from "../replay/row_columns.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { rowCursor } from "../replay/trace_rows.ts";

/** What a row has. */
interface EventRow {
  /** The columns around it. */
  rows: ReturnType<ReturnType<typeof rowCursor<(typeof ROW_COLUMNS)[number]>>>;
  /** Its place in these columns. */
  at: number;
  /** The block that it makes, ends, or is given in vain: counts up from 0 in the order in which blocks are made; -1 for none. */
  block: number;
  /** Bytes of the block with all headers. */
  bytes: number;
  /** Index into the trace's marks; -1 before the first. */
  mark: number;
}

/** Tells what each row has; rows are asked for in ascending order. What it gives is good until the next call. */
export function eventRows(trace: RecordedTrace): (row: number) => EventRow {
  const { marks } = trace;
  const numbers: number[] = [];
  let count = 0;
  const live = followBlocks(trace, {
    made(_, block) {
      numbers[block] = count++;
    },
  });
  const rowsAt = rowCursor(trace, ROW_COLUMNS);
  const found: EventRow = { rows: {} as EventRow["rows"], at: 0, block: -1, bytes: 0, mark: -1 };
  return (row) => {
    const rows = rowsAt(row);
    const at = row - rows.first;
    const made = rows.makes[at] as number;
    const block = made >= 0 ? made : (rows.ends[at] as number);
    live.advance(row + 1);
    found.rows = rows;
    found.at = at;
    found.block = block < 0 ? -1 : (numbers[block] as number);
    found.bytes = block < 0 ? 0 : (live.bytes[block] as number);
    while ((marks[found.mark + 1]?.row ?? trace.length) <= row) found.mark++;
    return found;
  };
}
