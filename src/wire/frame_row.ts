// A row of a table of frames, and the type of a frame's body that follows from it.
import type { WireParams } from "./wire_params.ts";

/** What a field of each type holds once it is read. */
interface FieldValues {
  u32: number;
  u64: number;
  text: string;
  uuid: string;
  params: WireParams;
}

/** How a field travels. */
export type FieldType = keyof FieldValues;

/** A kind of frame: its number and its fields, in order. */
export interface FrameRow {
  /** Number on the wire. */
  readonly code: number;
  readonly from: "client" | "daemon";
  /** The type of each field, in the order in which they travel. */
  readonly fields: Readonly<Record<string, FieldType>>;
}

/** A kind's body: `kind` and the fields of its row. */
type Body<Kind, Fields> = { readonly kind: Kind } & {
  readonly [Name in keyof Fields]: Fields[Name] extends FieldType ? FieldValues[Fields[Name]] : never;
};

/** The bodies of all frames in a table, told apart by `kind`. */
export type BodyOf<Table extends Readonly<Record<string, FrameRow>>> = {
  [Kind in keyof Table]: Body<Kind, Table[Kind]["fields"]>;
}[keyof Table];

/** A frame that a client sends. */
export function fromClient<const Fields extends FrameRow["fields"]>(code: number, fields: Fields) {
  return { code, from: "client", fields } as const;
}

/** A frame that the daemon sends. */
export function fromDaemon<const Fields extends FrameRow["fields"]>(code: number, fields: Fields) {
  return { code, from: "daemon", fields } as const;
}
