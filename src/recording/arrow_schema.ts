// The Arrow schema of a recording.
import { type DataType, Dictionary, Field, Int32, Schema, Uint32, Uint64, Utf8 } from "apache-arrow";
import { COLUMN_KINDS, COLUMN_NAMES, type ColumnName, META, SCHEMA_VERSION } from "./schema.ts";

/** The schema of a recording, with what its metadata tells. */
export function recordingSchema(origin: string, release: string): Schema {
  const metadata = new Map<string, string>([
    [META.version, SCHEMA_VERSION],
    [META.origin, origin],
    [META.release, release],
  ]);
  const fields = COLUMN_NAMES.map((name, id) => new Field(name, typeOf(name, id), COLUMN_KINDS[name] === "counter"));
  return new Schema(fields, metadata);
}

function typeOf(name: ColumnName, id: number): DataType {
  const kind = COLUMN_KINDS[name];
  if (kind === "text") return new Dictionary(new Utf8(), new Int32(), id);
  return kind === "u32" ? new Uint32() : new Uint64();
}
