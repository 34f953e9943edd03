// Unpacks the rows of a trace again: part by part, or a column as a whole.
import { createPackRoom, unpackColumn } from "./packed_column.ts";
import { PART_ROWS, type PackedRows } from "./packed_rows.ts";
import { createColumn, ROW_COLUMNS, type RowColumn, type RowColumns } from "./row_columns.ts";
import type { TraceParts, TraceRows } from "./trace_columns.ts";

/** The rows of a trace in parts. `slots`: how many numbers its blocks have. */
export function partsOf(packed: PackedRows, slots: number): TraceParts {
  let looked: ReturnType<typeof createWindow> | undefined;
  return {
    slots,
    *rows(from, to) {
      const window = createWindow(packed);
      for (let part = Math.floor(from / PART_ROWS); part * PART_ROWS < to; part++) {
        const rows = window.show(part);
        rows.from = Math.max(from, rows.from);
        rows.to = Math.min(to, rows.to);
        yield rows;
      }
    },
    at(row) {
      looked ??= createWindow(packed);
      return looked.show(Math.floor(row / PART_ROWS));
    },
  };
}

type Window = { -readonly [K in keyof TraceRows]: TraceRows[K] };

/** Shows one part after the other; a column is unpacked when it is first asked for. */
function createWindow({ store, parts, length }: PackedRows): { show(part: number): Window } {
  const most = Math.min(PART_ROWS, length);
  const room = createPackRoom(most);
  let current = -1;
  const rows = { first: 0, from: 0, to: 0 };
  for (const name of ROW_COLUMNS) {
    let column: RowColumns[RowColumn] | undefined;
    let unpacked = -1;
    Object.defineProperty(rows, name, {
      enumerable: true,
      get() {
        column ??= createColumn(name, most);
        const packed = parts[current]?.[name];
        if (unpacked === current || packed === undefined) return column;
        const count = Math.min(PART_ROWS, length - rows.first);
        if (packed.width > 0) store.read(packed.at, room.bytes.subarray(0, count * packed.width));
        unpackColumn(packed, count, room, column);
        unpacked = current;
        return column;
      },
    });
  }
  return {
    show(part) {
      current = part;
      rows.first = part * PART_ROWS;
      rows.from = rows.first;
      rows.to = Math.min(length, rows.first + PART_ROWS);
      return rows as Window;
    },
  };
}

/** A column of all rows, as it lies in the parts. */
export function wholeColumn<N extends RowColumn>(parts: TraceParts, name: N, length: number): RowColumns[N] {
  const column = createColumn(name, length);
  for (const rows of parts.rows(0, length)) {
    const part = rows[name] as unknown as RowColumns[N];
    column.set(part.subarray(rows.from - rows.first, rows.to - rows.first), rows.from);
  }
  return column;
}
