// The columns of a row: their types, and room for them.

/** How each column lies in memory while rows are read. */
const TYPES = {
  instance: Int32Array,
  time: Float64Array,
  op: Uint8Array,
  pointer: Float64Array,
  size: Float64Array,
  arg: Float64Array,
  result: Float64Array,
  allocated: Float64Array,
  site: Int32Array,
  thread: Int32Array,
  makes: Int32Array,
  ends: Int32Array,
} as const;

export type RowColumn = keyof typeof TYPES;

/** Columns that can be written. */
export type RowColumns = { readonly [N in RowColumn]: InstanceType<(typeof TYPES)[N]> };

export const ROW_COLUMNS = Object.keys(TYPES) as RowColumn[];

/** A column for so many rows. */
export function createColumn<N extends RowColumn>(name: N, length: number): RowColumns[N] {
  return new TYPES[name](length) as RowColumns[N];
}

/** All columns for so many rows. */
export function createColumns(length: number): RowColumns {
  return Object.fromEntries(ROW_COLUMNS.map((name) => [name, createColumn(name, length)])) as unknown as RowColumns;
}
