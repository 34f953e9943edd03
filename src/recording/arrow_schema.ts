// The Arrow schema of a recording.
import { type DataType, Dictionary, Field, Int32, Schema, Uint32, Uint64, Utf8 } from "apache-arrow";
import type { RecordedConsole } from "./console_rows.ts";
import { COLUMN_KINDS, COLUMN_NAMES, type ColumnName, META, SCHEMA_VERSION } from "./schema.ts";

/** The metadata of a recording. */
export interface RecordingHead {
  /** File or source that it comes from. */
  readonly origin: string;
  /** Release of OP-TEE; empty if unknown. */
  readonly version: string;
  /** The secure console that is recorded, too; absent where none is. */
  readonly console?: Pick<RecordedConsole, "name">;
}

/** The schema of a recording, with what its metadata tells. */
export function recordingSchema({ origin, version, console }: RecordingHead): Schema {
  const metadata = new Map<string, string>([
    [META.version, SCHEMA_VERSION],
    [META.origin, origin],
    [META.release, version],
    ...(console === undefined ? [] : ([[META.console, console.name]] as const)),
  ]);
  const fields = COLUMN_NAMES.map((name, id) => new Field(name, typeOf(name, id), COLUMN_KINDS[name] === "counter"));
  return new Schema(fields, metadata);
}

function typeOf(name: ColumnName, id: number): DataType {
  const kind = COLUMN_KINDS[name];
  if (kind === "text") return new Dictionary(new Utf8(), new Int32(), id);
  return kind === "u32" ? new Uint32() : new Uint64();
}
