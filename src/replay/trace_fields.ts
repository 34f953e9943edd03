// The columns of a recorded trace, and the fields of a row.
import { clip } from "../base/printable.ts";
import { HEAP_OPS, letterOf } from "../malloc/operation.ts";

/** Columns of a row, as the head of a recorded trace names them. */
export const COLUMNS = ["inst", "t_us", "op", "ptr", "size", "arg", "ret", "alloc", "tid", "func", "loc"] as const;

/** Place of each column in a row. */
export const FIELD = {
  inst: 0,
  time: 1,
  op: 2,
  ptr: 3,
  size: 4,
  arg: 5,
  ret: 6,
  alloc: 7,
  tid: 8,
  func: 9,
  loc: 10,
} as const;

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const MAX_SIZE = 2 ** 64;

/** Offsets of the fields of the current row; then one beyond the end of the row, and how many fields it has. */
export type Fields = Int32Array;

const COUNT = COLUMNS.length + 1;

export function createFields(): Fields {
  return new Int32Array(COUNT + 1);
}

/** Splits the row that begins at `start` at its tabs, and returns the offset of the newline behind it (or of the end). */
export function splitFields(bytes: Uint8Array, start: number, fields: Fields): number {
  let count = 1;
  let next = start;
  fields[0] = start;
  for (; next < bytes.length; next++) {
    const byte = bytes[next] as number;
    if (byte > NEWLINE) continue;
    if (byte === NEWLINE) break;
    if (byte === TAB) fields[count++] = next + 1;
  }
  fields[count] = next > start && bytes[next - 1] === RETURN ? next : next + 1;
  fields[COUNT] = count;
  return next;
}

/** How many fields the row has. */
export function countFields(fields: Fields): number {
  return fields[COUNT] as number;
}

/** First byte of a field. */
export function startOf(fields: Fields, n: number): number {
  return fields[n] as number;
}

/** End (exclusive) of a field. */
export function endOf(fields: Fields, n: number): number {
  return (fields[n + 1] as number) - 1;
}

/** The letter of the operation, or NaN. */
export function letterIn(bytes: Uint8Array, fields: Fields): number {
  const from = startOf(fields, FIELD.op);
  const letter = bytes[from] as number;
  return endOf(fields, FIELD.op) - from === 1 && letterOf(letter) !== undefined ? letter : Number.NaN;
}

/** The decimal number in a field, at most 2^64, or NaN. Rounded beyond 2^53, where only refused sizes are. */
export function decimalIn(bytes: Uint8Array, fields: Fields, n: number): number {
  const from = startOf(fields, n);
  const to = endOf(fields, n);
  let value = from < to ? 0 : Number.NaN;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] as number) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value <= MAX_SIZE ? value : Number.NaN;
}

/** The hexadecimal number in a field, below 2^53 and without 0x, or NaN. */
export function hexadecimalIn(bytes: Uint8Array, fields: Fields, n: number): number {
  const from = startOf(fields, n);
  const to = endOf(fields, n);
  let value = from < to ? 0 : Number.NaN;
  for (let i = from; i < to; i++) {
    const code = bytes[i] as number;
    const letter = (code | 32) - 87;
    const digit = code <= 57 ? code - 48 : letter >= 10 && letter <= 15 ? letter : -1;
    if (digit < 0) return Number.NaN;
    value = value * 16 + digit;
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : Number.NaN;
}

const NUMBERS = [FIELD.inst, FIELD.time, FIELD.op, FIELD.ptr, FIELD.size, FIELD.arg, FIELD.ret, FIELD.alloc];

/** The first of the first `count` fields that is neither number nor operation where it should be; -1 for none. */
export function firstBad(bytes: Uint8Array, fields: Fields, count: number): number {
  const isBad = (n: number): boolean => {
    if (n === FIELD.op) return Number.isNaN(letterIn(bytes, fields));
    return Number.isNaN((isAddress(n) ? hexadecimalIn : decimalIn)(bytes, fields, n));
  };
  return NUMBERS.find((n) => n < count && isBad(n)) ?? -1;
}

function isAddress(n: number): boolean {
  return n === FIELD.ptr || n === FIELD.ret;
}

/** What the first bad field of a row should have been. */
export function explainFields(bytes: Uint8Array, fields: Fields): string {
  const n = firstBad(bytes, fields, COLUMNS.length);
  if (n < 0) return "expected a row of a heap trace";
  const hex = isAddress(n);
  const found = decode(bytes, startOf(fields, n), endOf(fields, n));
  if (n !== FIELD.op && (hex ? /^[0-9a-f]+$/i : /^\d+$/).test(found))
    return `the ${hex ? "address" : "number"} '${clip(found)}' in column ${COLUMNS[n]} is too large`;
  const expected = n === FIELD.op ? `one of ${HEAP_OPS.join(" ")}` : hex ? "a hexadecimal address" : "a decimal number";
  return `expected ${expected} in column ${COLUMNS[n]}, found '${clip(found)}'`;
}

/** Text of a range, cut at a length that fits a message. */
export function decode(bytes: Uint8Array, start: number, end: number): string {
  return new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 1000)));
}
