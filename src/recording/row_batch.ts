// Collects rows for a batch.
import {
  type Data,
  Dictionary,
  Int32,
  makeData,
  RecordBatch,
  type Schema,
  Struct,
  Uint32,
  Uint64,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import type { PartialStats } from "../abi/record.ts";
import { counterIn, createRows, type RowSink, type TextRows } from "./rows.ts";
import { BATCH_ROWS, COLUMN_KINDS, COLUMN_NAMES, type ColumnName, columnsOf, type NamesOf } from "./schema.ts";

/** Collects rows for a batch. */
interface RowBatch extends RowSink {
  readonly length: number;
  readonly full: boolean;
  /** The rows as a batch, after which there are none. */
  take(): RecordBatch;
}

/** A batch without rows. */
export function createRowBatch(schema: Schema, room = BATCH_ROWS): RowBatch {
  const rows = createRows(room);
  const texts = rows.texts.map((column) => ({ name: column.name, data: textData(column) }));
  return {
    get length() {
      return rows.length;
    },
    get full() {
      return rows.full;
    },
    add: rows.add,
    take() {
      const { length } = rows;
      const columns = new Map<ColumnName, Data>();
      for (const { name, data } of texts) columns.set(name, data(length));
      for (const { name, values } of rows.numbers) columns.set(name, numberData(name, values.subarray(0, length)));
      for (const name of columnsOf("counter")) columns.set(name, counterData(name, rows.counters, length));
      const children = COLUMN_NAMES.map((name) => columns.get(name) as Data);
      const data = makeData({ type: new Struct(schema.fields), length, nullCount: 0, children });
      rows.clear();
      return new RecordBatch(schema, data);
    },
  };
}

/** Makes Arrow data of the first rows of a column; with the same list as before where no text came to it. */
function textData(column: TextRows): (length: number) => Data {
  const type = new Dictionary(new Utf8(), new Int32(), COLUMN_NAMES.indexOf(column.name));
  let list: Vector<Utf8> | null = null;
  let listed: readonly string[] = [];
  return (length) => {
    const { indexes, texts } = column;
    const same = texts === listed || (texts.length === listed.length && texts.every((text, n) => text === listed[n]));
    // Lists are replaced as a whole: not every reader knows additions to them.
    if (list === null || !same || list.length < texts.length) list = vectorFromArray(texts, new Utf8());
    listed = texts;
    // The batch outlives the next rows.
    return makeData({ type, length, nullCount: 0, data: indexes.slice(0, length), dictionary: list });
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

function counterData(name: NamesOf<"counter">, samples: ReadonlyMap<number, PartialStats>, length: number): Data {
  const data = new BigUint64Array(length);
  const nullBitmap = new Uint8Array(Math.ceil(length / 8));
  let valid = 0;
  for (const [row, stats] of samples) {
    const counter = counterIn(stats, name);
    if (counter === undefined) continue;
    data[row] = counter;
    nullBitmap[row >> 3] = (nullBitmap[row >> 3] as number) | (1 << (row & 7));
    valid++;
  }
  return makeData({ type: new Uint64(), length, nullCount: length - valid, nullBitmap, data });
}
