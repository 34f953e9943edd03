// The types of a recording's rows.
import type { PartialStats } from "../abi/record.ts";
import { COUNTER_COLUMNS, columnsOf, isPerBatch, type NamesOf, type OpName } from "./schema.ts";

/** A row of a recording; what is left out is 0 or empty. Numbers are whole, from 0 to 2^64. */
export type Row = { readonly op: OpName } & { readonly [N in NamesOf<"u64" | "u32">]?: number } & {
  readonly [N in Exclude<NamesOf<"text">, "op">]?: string;
} & { readonly counters?: PartialStats };

/** Takes rows. */
export interface RowSink {
  /** Takes the next row. */
  add(row: Row): void;
}

/** A column of texts that repeat: for each row a number, and for each number its text, which it keeps for good but in a column with lists per batch. */
export interface TextRows {
  readonly name: NamesOf<"text">;
  readonly indexes: Int32Array;
  readonly texts: readonly string[];
}

/** Rows by column. */
export interface Rows extends RowSink {
  readonly length: number;
  readonly full: boolean;
  readonly texts: readonly TextRows[];
  readonly numbers: readonly { readonly name: NamesOf<"u64" | "u32">; readonly values: Float64Array }[];
  /** Of the samples among the rows. */
  readonly counters: ReadonlyMap<number, PartialStats>;
  /** Makes room for the next rows. */
  clear(): void;
}

/** What a sample has in a column that only samples have; `free2_sum` not always. */
export function counterIn(stats: PartialStats, column: NamesOf<"counter">): bigint | undefined {
  const value = stats[COUNTER_COLUMNS[column]];
  return value === undefined ? undefined : BigInt(value);
}

/** Rows that there is memory for at first: a board that is sampled has few in each batch. */
const FIRST_ROOM = 256;

/** Room for so many rows; the memory for them is taken as they come. */
export function createRows(room: number): Rows {
  let taken = Math.min(room, FIRST_ROOM);
  const columns = columnsOf("text").map((name) => ({
    name,
    indexes: new Int32Array(taken),
    texts: [] as string[],
    known: new Map<string, number>(),
  }));
  const numbers = [...columnsOf("u64"), ...columnsOf("u32")].map((name) => ({ name, values: new Float64Array(taken) }));
  const counters = new Map<number, PartialStats>();
  let length = 0;

  function grow(): void {
    taken = Math.min(room, 4 * taken);
    for (const column of columns) {
      const { indexes } = column;
      column.indexes = new Int32Array(taken);
      column.indexes.set(indexes);
    }
    for (const column of numbers) {
      const { values } = column;
      column.values = new Float64Array(taken);
      column.values.set(values);
    }
  }
  return {
    get length() {
      return length;
    },
    get full() {
      return length === room;
    },
    texts: columns,
    numbers,
    counters,
    add(row) {
      if (length === taken) grow();
      for (const column of columns) {
        const { name, indexes, known } = column;
        const text = row[name] ?? "";
        let number = known.get(text);
        if (number === undefined) {
          number = column.texts.push(text) - 1;
          known.set(text, number);
        }
        indexes[length] = number;
      }
      for (const { name, values } of numbers) values[length] = row[name] ?? 0;
      if (row.counters !== undefined) counters.set(length, row.counters);
      length++;
    },
    clear() {
      length = 0;
      counters.clear();
      for (const column of columns) {
        if (!isPerBatch(column.name)) continue;
        column.texts = [];
        column.known.clear();
      }
    },
  };
}
