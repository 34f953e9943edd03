// Rows of numbers and texts as bytes, column by column.
import type { createNumberWriter, NumberReader } from "./number_bytes.ts";

type Cell = number | string;
type Fields<T> = readonly (keyof T & string)[];

/** Writes these fields of all rows; a text is written once, however often it occurs. */
export function writeTable<T>(
  writer: ReturnType<typeof createNumberWriter>,
  rows: readonly T[],
  numbers: Fields<T>,
  texts: Fields<T>,
): void {
  writer.number(rows.length);
  for (const field of numbers) writer.column(rows.map((row) => Number(row[field])));
  for (const field of texts) {
    const numbersOf = new Map<string, number>();
    const column = rows.map((row) => {
      const text = String(row[field]);
      const number = numbersOf.get(text) ?? numbersOf.size;
      numbersOf.set(text, number);
      return number;
    });
    writer.texts([...numbersOf.keys()]);
    writer.column(column);
  }
}

/** Reads rows with the same fields. */
export function readTable(
  reader: NumberReader,
  numbers: readonly string[],
  texts: readonly string[],
): Record<string, Cell>[] {
  const length = reader.number();
  const columns: [string, (row: number) => Cell][] = [];
  for (const field of numbers) {
    const column = reader.column();
    columns.push([field, (row) => column[row] ?? 0]);
  }
  for (const field of texts) {
    const list = reader.texts();
    const column = reader.column();
    columns.push([field, (row) => list[column[row] ?? 0] ?? ""]);
  }
  const rows: Record<string, Cell>[] = [];
  // A table without columns would have no end.
  for (let row = 0; row < length && row < MOST_ROWS; row++)
    rows.push(Object.fromEntries(columns.map(([field, at]) => [field, at(row)])));
  return rows;
}

const MOST_ROWS = 2 ** 24;
