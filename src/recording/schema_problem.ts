// Tells whether the schema of an Arrow stream is that of a recording.
import { clip } from "../base/printable.ts";
import type { Head } from "./message_head.ts";
import { COLUMN_NAMES, columnText, fieldText, LATER_COLUMN, META, SCHEMA_VERSION } from "./schema.ts";

/** The head of the message that has the schema. */
export type SchemaHead = Extract<Head, { kind: "schema" }>;

/** Why a schema is none of a recording, or null. */
export function schemaProblem(schema: SchemaHead): string | null {
  const version = schema.metadata.get(META.version);
  if (version === undefined) return "an Arrow stream, but not a recording: its schema has no 'teemem.version'";
  if (version !== SCHEMA_VERSION)
    return `a recording of version ${clip(version)}; this teemem reads version ${SCHEMA_VERSION}`;
  const wanted = COLUMN_NAMES.map(columnText);
  const found = schema.fields.map(fieldText);
  const mayLack = (n: number): boolean => COLUMN_NAMES[n] === LATER_COLUMN && found.length === n;
  const wrong = wanted.findIndex((column, n) => found[n] !== column && !mayLack(n));
  if (wrong >= 0) return `expected the column ${wanted[wrong]}, found ${clip(found[wrong] ?? "none")}`;
  return found.length <= wanted.length ? null : `expected only ${wanted.length} columns`;
}
