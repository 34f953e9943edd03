// The rows of a table as a reader asked for them: those that match, in the chosen order.

/** A column of a table. */
export interface SortColumn<T> {
  readonly title: string;
  readonly of: (row: T) => number | string;
}

/** Which column rows are sorted by; numbers the largest first, texts from A on, or the other way round. */
export interface RowOrder {
  readonly column: number;
  readonly turned: boolean;
}

/** Rows whose name has the filter's text, whatever its case; equal ones keep their order. */
export function sortedRows<T>(
  rows: readonly T[],
  nameOf: (row: T) => string,
  columns: readonly SortColumn<T>[],
  filter: string,
  { column, turned }: RowOrder,
): T[] {
  const wanted = filter.trim().toLowerCase();
  const found = wanted === "" ? [...rows] : rows.filter((row) => nameOf(row).toLowerCase().includes(wanted));
  const of = columns[column]?.of;
  if (of === undefined) return found;
  const sign = turned ? -1 : 1;
  return found.sort((a, b) => sign * compared(of(a), of(b)));
}

function compared(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return b - a;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
