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
  /** Takes so many rows, or as many as go side by side: they go to `columns` from this index on. */
  reserve(most: number): { readonly at: number; readonly count: number };
  /** Packs what is left. */
  finish(): PackedRows;
}

/** Room in which all columns are packed: their packed form goes to a store at once. */
const room = createPackRoom(PART_ROWS);

/** Packs rows into a store, which others may use as well. `first` is room for rows before there are more. */
export function createRowPacker(store: ByteStore, first = PART_ROWS): RowPacker {
  let space = first;
  let columns = createColumns(space);
  const parts: PackedPart[] = [];
  let rows = 0;

  function grow(least: number): void {
    while (space < least) space *= 2;
    space = Math.min(PART_ROWS, space);
    const larger = createColumns(space);
    for (const name of ROW_COLUMNS) larger[name].set(columns[name]);
    columns = larger;
  }

  function flush(): void {
    const packed = ROW_COLUMNS.map((name): [RowColumn, PackedColumn] => {
      const column = { at: store.length, ...packColumn(columns[name], rows, room) };
      const bytes = rows * column.width;
      if (bytes > 0) store.append(room.bytes.subarray(0, bytes));
      return [name, column];
    });
    parts.push(Object.fromEntries(packed) as PackedPart);
    rows = 0;
  }
  return {
    get columns() {
      return columns;
    },
    get length() {
      return parts.length * PART_ROWS + rows;
    },
    next() {
      if (rows === PART_ROWS) flush();
      if (rows === space) grow(rows + 1);
      return rows++;
    },
    reserve(most) {
      if (rows === PART_ROWS) flush();
      const at = rows;
      const count = Math.min(most, PART_ROWS - rows);
      if (rows + count > space) grow(rows + count);
      rows += count;
      return { at, count };
    },
    finish() {
      const length = parts.length * PART_ROWS + rows;
      if (rows > 0) flush();
      return { store, parts, length };
    },
  };
}
