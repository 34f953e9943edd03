// The block of each row, for formats that list the rows.
import { followBlocks } from "../analyze/live_blocks.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { rowCursor } from "../replay/trace_rows.ts";

/** A block that a row makes, ends, or is given in vain. */
interface EventBlock {
  /** Counts up from 0 in the order in which blocks are made; -1 where the row has none. */
  number: number;
  /** Bytes with all headers. */
  bytes: number;
}

/** Tells the block of each row; rows are asked for in ascending order. What it gives is good until the next call. */
export function eventBlocks(trace: RecordedTrace): (row: number) => EventBlock {
  const numbers: number[] = [];
  let count = 0;
  const live = followBlocks(trace, {
    made(_, block) {
      numbers[block] = count++;
    },
  });
  const rowsAt = rowCursor(trace, ["makes", "ends"]);
  const found: EventBlock = { number: -1, bytes: 0 };
  return (row) => {
    const { first, makes, ends } = rowsAt(row);
    const made = makes[row - first] as number;
    const block = made >= 0 ? made : (ends[row - first] as number);
    live.advance(row + 1);
    found.number = block < 0 ? -1 : (numbers[block] as number);
    found.bytes = block < 0 ? 0 : (live.bytes[block] as number);
    return found;
  };
}
