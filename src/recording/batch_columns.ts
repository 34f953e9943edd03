// Unpacks the columns of a batch.
import { type Body, RecordingDamage, textsIn, unpack, wordsIn } from "./buffers.ts";
import type { Codec } from "./codec.ts";
import type { ColumnData } from "./message_head.ts";
import {
  COLUMN_KINDS,
  COLUMN_NAMES,
  type ColumnName,
  isPerBatch,
  LATER_COLUMN,
  type NamesOf,
  PASSING_TEXT,
} from "./schema.ts";

/** The columns of a batch, unpacked when they are asked for. */
export interface BatchColumns {
  readonly length: number;
  /** For each row the number of its text, the same in all batches of the stream but for `PASSING_TEXT`; see `textOf`. */
  texts(name: NamesOf<"text">): Int32Array;
  textOf(name: NamesOf<"text">, number: number): string;
  /** Numbers of the texts that rows can have in a column: those of the list in force. */
  numbersIn(name: NamesOf<"text">): readonly number[];
  /** Numbers as doubles: exact up to 2^53, and 2^64 - 1 is 2^64. */
  numbers(name: NamesOf<"u64" | "u32">): Float64Array;
  /** The exact number in a row, undefined where there is none. */
  exact(name: NamesOf<"u64" | "counter">, row: number): bigint | undefined;
}

/** Characters of the lists of all batches that repeat each other. */
const MAX_UNPACKED = 2 ** 28;

/** The texts of a column: all that it had so far, and the list in force. Each batch may come with another list. */
export interface TextList {
  readonly texts: string[];
  readonly numbers: Map<string, number>;
  /** Number of each text of the list in force. */
  readonly of: readonly number[];
}

/** Unpacks messages one after the other. Throws `RecordingDamage`. */
export interface BatchDecoder {
  /** The list in force of a column, by its id. */
  list(id: number): TextList;
  /** Puts a list in force that was before. */
  use(id: number, list: TextList): void;
  /** Puts the list of a message in force. */
  dictionary(part: ColumnData & { readonly id: number }, body: Body): void;
  /** The columns of a batch, with the lists that are in force now. */
  columns(part: ColumnData, body: Body): BatchColumns;
}

/** A decoder whose columns have these texts already, by id. */
export function createBatchDecoder(
  codec: Codec,
  known: ReadonlyMap<number, readonly string[]> = new Map(),
): BatchDecoder {
  const lists = new Map(COLUMN_NAMES.map((_, id) => [id, listOf(known.get(id) ?? [])]));
  let unpacked = 0;
  return {
    list: (id) => lists.get(id) ?? listOf([]),
    use: (id, list) => void lists.set(id, list),
    dictionary(part, body) {
      const passing = COLUMN_NAMES[part.id] === PASSING_TEXT;
      const list = passing ? listOf([]) : lists.get(part.id);
      if (list === undefined) return;
      const found = textsIn(body, part, codec);
      const counts = isPerBatch(COLUMN_NAMES[part.id]) ? found.filter((text) => !list.numbers.has(text)) : found;
      if (!passing) unpacked += counts.reduce((sum, text) => sum + text.length, 0);
      if (unpacked > MAX_UNPACKED)
        throw new RecordingDamage(`the texts of its lists have more than ${MAX_UNPACKED} characters`);
      lists.set(part.id, { ...list, of: found.map((text) => numberOf(list, text)) });
    },
    // The lists may be others when a column is asked for.
    columns: (part, body) => columnsOf(part, body, new Map(lists), codec),
  };
}

function listOf(texts: readonly string[]): TextList {
  return { texts: [...texts], numbers: new Map(texts.map((text, number) => [text, number])), of: [] };
}

function numberOf({ texts, numbers }: TextList, text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, texts.length);
  return texts.push(text) - 1;
}

function columnsOf(batch: ColumnData, body: Body, lists: ReadonlyMap<number, TextList>, codec: Codec): BatchColumns {
  const { length } = batch;
  const texts = new Map<string, Int32Array>();
  const numbers = new Map<string, Float64Array>();
  const halves = new Map<string, Uint32Array>();
  const bits = new Map<string, Uint8Array>();
  // Every column has two buffers: which rows have a value, and the values.
  const bufferOf = (name: ColumnName): number => 2 * COLUMN_NAMES.indexOf(name);
  const words = (name: ColumnName, perRow: number): Uint32Array =>
    wordsIn(body, batch, bufferOf(name) + 1, perRow * length, codec);
  return {
    length,
    texts(name) {
      const of = lists.get(COLUMN_NAMES.indexOf(name))?.of ?? [];
      if (name === LATER_COLUMN && batch.regions[bufferOf(name)] === undefined) return new Int32Array(length);
      return kept(texts, name, () => renumbered(name, words(name, 1), of));
    },
    numbersIn: (name) => lists.get(COLUMN_NAMES.indexOf(name))?.of ?? [],
    textOf: (name, number) => lists.get(COLUMN_NAMES.indexOf(name))?.texts[number] ?? "",
    numbers(name) {
      return kept(numbers, name, () =>
        COLUMN_KINDS[name] === "u64" ? doubles(words(name, 2)) : new Float64Array(words(name, 1)),
      );
    },
    exact(name, row) {
      const region = batch.regions[bufferOf(name)];
      if (region !== undefined && region.length > 0) {
        const valid = kept(bits, name, () => unpack(body, batch, bufferOf(name), Math.ceil(length / 8), codec));
        if ((((valid[row >> 3] as number) >> (row & 7)) & 1) === 0) return undefined;
      }
      return wide(
        kept(halves, name, () => words(name, 2)),
        row,
      );
    },
  };
}

function kept<T>(all: Map<string, T>, name: string, make: () => T): T {
  const known = all.get(name) ?? make();
  all.set(name, known);
  return known;
}

function renumbered(name: string, indexes: Uint32Array, of: readonly number[]): Int32Array {
  const missing = (): never => {
    throw new RecordingDamage(`a text of the column ${name} is in no dictionary`);
  };
  // Mostly the numbers are the indexes.
  if (of.every((number, index) => number === index)) {
    let most = 0;
    for (let i = 0; i < indexes.length; i++) if ((indexes[i] as number) > most) most = indexes[i] as number;
    if (indexes.length > 0 && most >= of.length) missing();
    return new Int32Array(indexes.buffer, indexes.byteOffset, indexes.length);
  }
  const numbers = new Int32Array(indexes.length);
  const list = Int32Array.from(of);
  for (let i = 0; i < indexes.length; i++) {
    const index = indexes[i] as number;
    if (index >= list.length) missing();
    numbers[i] = list[index] as number;
  }
  return numbers;
}

function doubles(halves: Uint32Array): Float64Array {
  const values = new Float64Array(halves.length / 2);
  for (let i = 0; i < values.length; i++)
    values[i] = (halves[2 * i] as number) + (halves[2 * i + 1] as number) * 2 ** 32;
  return values;
}

function wide(halves: Uint32Array, row: number): bigint {
  return BigInt(halves[2 * row] as number) + (BigInt(halves[2 * row + 1] as number) << 32n);
}
