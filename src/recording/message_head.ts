// The heads of an Arrow stream's messages (Message.fbs, Schema.fbs of the format's version 1.5): only what recordings have.
import { BadHead, type FlatTable, rootTable } from "./flat_table.ts";

/** Where a buffer lies: from the first byte of its message's body, in bytes. */
interface Region {
  readonly offset: number;
  readonly length: number;
}

/** A field of the schema. */
interface HeadField {
  readonly name: string;
  /** As Arrow's libraries write it: `Uint64`, `Dictionary<Int32, Utf8>`. */
  readonly type: string;
  readonly nullable: boolean;
}

/** What the head of a message says. */
export type Head =
  | { readonly kind: "schema"; readonly fields: readonly HeadField[]; readonly metadata: ReadonlyMap<string, string> }
  | ({ readonly kind: "rows" } & Columns)
  | ({ readonly kind: "texts"; readonly id: number } & Columns);

/** The part of a message that holds columns. */
export interface ColumnData {
  /** Rows, or texts of a dictionary. */
  readonly length: number;
  readonly regions: readonly Region[];
}

interface Columns extends ColumnData {
  readonly compressed: boolean;
}

/** A head that was read. */
export interface MessageHead {
  /** Bytes of the message's body. */
  readonly bodyLength: number;
  readonly head: Head;
}

const SCHEMA = 1;
const DICTIONARY = 2;
const RECORDS = 3;
const ZSTD = 1;

/** Reads the head of a message. Throws `BadHead` where it is none, or one that no recording has. */
export function readHead(bytes: Uint8Array): MessageHead {
  const message = rootTable(bytes);
  const kind = message.int(1, 8, 0);
  const content = message.table(2);
  const bodyLength = message.long(3);
  if (content === null) throw new BadHead("it has no content");
  if (bodyLength < 0) throw new BadHead("its body has a negative length");
  if (kind === SCHEMA) return { bodyLength, head: schemaOf(content) };
  if (kind === RECORDS) return { bodyLength, head: { kind: "rows", ...columnsOf(content, bodyLength) } };
  const data = kind === DICTIONARY ? content.table(1) : null;
  if (data === null) throw new BadHead("it is neither schema, nor rows, nor texts");
  if (content.int(2, 8, 0) !== 0) throw new BadHead("it extends a list of texts");
  return { bodyLength, head: { kind: "texts", id: content.long(0), ...columnsOf(data, bodyLength) } };
}

function columnsOf(data: FlatTable, bodyLength: number): Columns {
  const regions = data.pairs(2).map(([offset, length]) => ({ offset, length }));
  for (const { offset, length } of regions)
    if (offset < 0 || length < 0 || offset + length > bodyLength) throw new BadHead("a column lies outside its body");
  const length = data.long(0);
  if (length < 0) throw new BadHead("it has a negative number of rows");
  const compression = data.table(3);
  return { length, regions, compressed: compression?.int(0, 8, 0) === ZSTD };
}

function schemaOf(schema: FlatTable): Head {
  const metadata = new Map(schema.tables(2).map((pair) => [pair.text(0), pair.text(1)]));
  return { kind: "schema", fields: schema.tables(1).map(fieldOf), metadata };
}

function fieldOf(field: FlatTable): HeadField {
  const type = typeOf(field.int(2, 8, 0), field.table(3));
  const dictionary = field.table(4);
  const index = dictionary === null ? null : (dictionary.table(1) ?? "Int32");
  const indexes = index === null || typeof index === "string" ? index : intOf(index);
  return {
    name: field.text(0),
    type: indexes === null ? type : `Dictionary<${indexes}, ${type}>`,
    nullable: field.int(1, 8, 0) !== 0,
  };
}

const INT = 2;
const UTF8 = 5;

function typeOf(kind: number, table: FlatTable | null): string {
  if (kind === INT && table !== null) return intOf(table);
  return kind === UTF8 ? "Utf8" : `type ${kind}`;
}

function intOf(table: FlatTable): string {
  return `${table.int(1, 8, 0) !== 0 ? "Int" : "Uint"}${table.int(0, 32, 0)}`;
}
