// A table of many rows: sorted by a click on a head, filtered by name, only the rows in sight drawn.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type RowOrder, type SortColumn, sortedRows } from "../../model/sort_rows.ts";
import { VirtualRows } from "../parts/virtual_rows.tsx";

export interface TableColumn<T> extends SortColumn<T> {
  /** Of a CSS grid. */
  readonly width: string;
  /** Default the value. */
  readonly show?: (row: T) => ComponentChildren;
  /** Numbers stand at the right. */
  readonly figure?: boolean;
  /** Left out where the window is narrow. */
  readonly wide?: boolean;
}

interface Given<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly TableColumn<T>[];
  readonly boxName: (row: T) => string;
  readonly order: RowOrder;
  /** What stands where there are no rows. */
  readonly none: string;
}

const ROW_HEIGHT = 26;

export function DataTable<T>({ label, rows, columns, boxName, order: first, none }: Given<T>) {
  const [filter, setFilter] = useState("");
  const [order, setOrder] = useState(first);
  const sorted = sortedRows(rows, boxName, columns, filter, order);
  const grid = {
    "--columns": columns.map(({ width }) => width).join(" "),
    "--few-columns": columns.flatMap(({ width, wide }) => (wide === true ? [] : [width])).join(" "),
  };
  return (
    <div class="data-table">
      <div class="toolbar">
        <input
          type="search"
          class="filter"
          placeholder="filter (/)"
          aria-label={`Filter ${label}`}
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        <span class="quiet">
          {sorted.length === rows.length ? `${rows.length} rows` : `${sorted.length} of ${rows.length} rows`}
        </span>
      </div>
      <div class="table-line table-head" style={grid}>
        {columns.map(({ title, figure, wide }, column) => (
          <button
            key={title}
            type="button"
            class={`${figure === true ? "figure" : ""} ${wide === true ? "only-wide" : ""}`}
            aria-label={`Sort by ${title}${column === order.column ? `, now ${order.turned ? "turned round" : "sorted"}` : ""}`}
            onClick={() => setOrder({ column, turned: column === order.column ? !order.turned : false })}
          >
            {title}
            {column === order.column && <span aria-hidden="true">{order.turned ? " ▴" : " ▾"}</span>}
          </button>
        ))}
      </div>
      {sorted.length === 0 && <p class="quiet table-none">{rows.length === 0 ? none : "No row has this text."}</p>}
      <VirtualRows
        label={label}
        count={sorted.length}
        height={ROW_HEIGHT}
        row={(n) => <TableLine row={sorted[n] as T} columns={columns} grid={grid} />}
      />
    </div>
  );
}

function TableLine<T>({
  row,
  columns,
  grid,
}: {
  readonly row: T;
  readonly columns: readonly TableColumn<T>[];
  readonly grid: Readonly<Record<string, string>>;
}) {
  return (
    <div class="table-line" style={grid}>
      {columns.map(({ title, of, show, figure, wide }) => {
        const text = String(of(row));
        const name = `${figure === true ? "figure" : "clip"} ${wide === true ? "only-wide" : ""}`;
        return (
          <span key={title} class={name} title={show === undefined ? text : undefined}>
            {show === undefined ? text : show(row)}
          </span>
        );
      })}
    </div>
  );
}
