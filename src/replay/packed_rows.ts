// Packs the rows of a trace, some thousand at a time.
import type { ByteStore } from "./byte_store.ts";
import { createPackRoom, type PackedColumn, packColumn } from "./packed_column.ts";
import { createColumns, ROW_COLUMNS, type RowColumn, type RowColumns } from "./row_columns.ts";

/** Rows that are packed together. */
export const PART_ROWS = 8192;

/** Where the columns of `PART_ROWS` rows lie, or of the rest at the end. */
type PackedPart = Readonly<Record<RowColumn, PackedColumn>>;

/** All rows of a trace, packed. */
export interface PackedRows {
  readonly store: ByteStore;
  readonly parts: readonly PackedPart[];
  readonly length: number;
}

/** Takes the rows of a trace, one after the other. */
interface RowPacker {
  /** Columns that the next row is to be written to, at the index that `next` gives. */
  readonly columns: RowColumns;
  /** Rows so far. */
  readonly length: number;
  /** Index in `columns` for one more row. */
  next(): number;
  /** Packs what is left. */
  finish(): PackedRows;
}

/** Packs rows into a store. */
export function createRowPacker(store: ByteStore): RowPacker {
  const columns = createColumns(PART_ROWS);
  const room = createPackRoom(PART_ROWS);
  const parts: PackedPart[] = [];
  let stored = 0;
  let rows = 0;

  function flush(): void {
    const packed = ROW_COLUMNS.map((name): [RowColumn, PackedColumn] => {
      const column = { at: stored, ...packColumn(columns[name], rows, room) };
      const bytes = rows * column.width;
      if (bytes > 0) store.append(room.bytes.subarray(0, bytes));
      stored += bytes;
      return [name, column];
    });
    parts.push(Object.fromEntries(packed) as PackedPart);
    rows = 0;
  }
  return {
    columns,
    get length() {
      return parts.length * PART_ROWS + rows;
    },
    next() {
      if (rows === PART_ROWS) flush();
      return rows++;
    },
    finish() {
      const length = parts.length * PART_ROWS + rows;
      if (rows > 0) flush();
      return { store, parts, length };
    },
  };
}
