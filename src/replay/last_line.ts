// Tells whether the last line of a heap trace, one without an end, can be the beginning of a longer one.
import { COLUMNS, countFields, endOf, type Fields, firstBad, startOf } from "./trace_fields.ts";

const MARK = "# mark begin ";
const HEADER = `#${COLUMNS.join("\t")}`;

/** True for what can be the beginning of a comment that tells something. */
export function isPartOfComment(text: string): boolean {
  return MARK.startsWith(text) || text.startsWith(MARK) || (HEADER !== text && HEADER.startsWith(text));
}

/** True for what can be the beginning of a row: all its columns are good, the last as far as it goes. */
export function isPartOfRow(bytes: Uint8Array, fields: Fields): boolean {
  const count = countFields(fields);
  const bad = firstBad(bytes, fields, count);
  return count <= COLUMNS.length && (bad < 0 || (bad === count - 1 && startOf(fields, bad) === endOf(fields, bad)));
}
