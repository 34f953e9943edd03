import { type Data, makeData, RecordBatch, type Schema, Struct, Uint32, Uint64 } from "apache-arrow";
import type { AllocStats } from "../abi/record.ts";
import {
  BATCH_ROWS,
  COLUMN_KINDS,
  COLUMN_NAMES,
  type ColumnName,
  columnsOf,
  type NamesOf,
  type OpName,
} from "./schema.ts";
import { createTextColumn } from "./text_column.ts";

/** A row of a recording; what is left out is 0 or empty. Numbers are whole, from 0 to 2^64. */
export type Row = { readonly op: OpName } & { readonly [N in NamesOf<"u64" | "u32">]?: number } & {
  readonly [N in Exclude<NamesOf<"text">, "op">]?: string;
} & { readonly counters?: AllocStats };

/** Collects rows for a batch. */
export interface RowBatch {
  readonly length: number;
  readonly full: boolean;
  add(row: Row): void;
  /** The rows as a batch, after which there are none. */
  take(): RecordBatch;
}

const TEXTS = columnsOf("text");
const NUMBERS = [...columnsOf("u64"), ...columnsOf("u32")];
const COUNTERS: Readonly<Record<NamesOf<"counter">, (stats: AllocStats) => bigint>> = {
  max_allocated: ({ maxAllocated }) => BigInt(maxAllocated),
  failures: ({ failures }) => BigInt(failures),
  biggest_failure: ({ biggestFailure }) => BigInt(biggestFailure),
  biggest_failure_used: ({ biggestFailureUsed }) => BigInt(biggestFailureUsed),
  free2_sum: ({ free2Sum }) => free2Sum ?? 0n,
};

/** A batch without rows. */
export function createRowBatch(schema: Schema, room = BATCH_ROWS): RowBatch {
  const texts = TEXTS.map((name) => ({
    name,
    indexes: new Int32Array(room),
    column: createTextColumn(COLUMN_NAMES.indexOf(name)),
  }));
  const numbers = NUMBERS.map((name) => ({ name, values: new Float64Array(room) }));
  const counters = new Map<number, AllocStats>();
  let length = 0;

  return {
    get length() {
      return length;
    },
    get full() {
      return length === room;
    },
    add(row) {
      for (const { name, indexes, column } of texts) indexes[length] = column.indexOf(row[name] ?? "");
      for (const { name, values } of numbers) values[length] = row[name] ?? 0;
      if (row.counters !== undefined) counters.set(length, row.counters);
      length++;
    },
    take() {
      const columns = new Map<ColumnName, Data>();
      // The batch outlives the next rows.
      for (const { name, indexes, column } of texts) columns.set(name, column.data(indexes.slice(0, length)));
      for (const { name, values } of numbers) columns.set(name, numberData(name, values.subarray(0, length)));
      for (const name of columnsOf("counter")) columns.set(name, counterData(name, counters, length));
      const children = COLUMN_NAMES.map((name) => columns.get(name) as Data);
      const data = makeData({ type: new Struct(schema.fields), length, nullCount: 0, children });
      length = 0;
      counters.clear();
      return new RecordBatch(schema, data);
    },
  };
}

function numberData(name: ColumnName, values: Float64Array): Data {
  const { length } = values;
  if (COLUMN_KINDS[name] === "u32")
    return makeData({ type: new Uint32(), length, nullCount: 0, data: Uint32Array.from(values) });
  return makeData({ type: new Uint64(), length, nullCount: 0, data: words(values) });
}

/** Numbers as 64-bit words; 2^64, which a calloc can ask for, as the largest there is. */
function words(values: Float64Array): BigUint64Array {
  const halves = new Uint32Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const large = value >= 2 ** 64;
    halves[2 * i] = large ? 0xffffffff : value;
    halves[2 * i + 1] = large ? 0xffffffff : value / 2 ** 32;
  }
  return new BigUint64Array(halves.buffer);
}

function counterData(name: NamesOf<"counter">, samples: ReadonlyMap<number, AllocStats>, length: number): Data {
  const data = new BigUint64Array(length);
  const nullBitmap = new Uint8Array(Math.ceil(length / 8));
  let valid = 0;
  for (const [row, stats] of samples) {
    if (name === "free2_sum" && stats.free2Sum === undefined) continue;
    data[row] = COUNTERS[name](stats);
    nullBitmap[row >> 3] = (nullBitmap[row >> 3] as number) | (1 << (row & 7));
    valid++;
  }
  return makeData({ type: new Uint64(), length, nullCount: length - valid, nullBitmap, data });
}
