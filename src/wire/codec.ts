// Frames and their bytes.
import { decodeUuid, encodeUuid, UUID_BYTES } from "../abi/uuid.ts";
import { err, ok, type Result } from "../base/result.ts";
import { type ByteReader, type ByteWriter, createReader, createWriter } from "./bytes.ts";
import type { FieldType } from "./frame_row.ts";
import { FRAMES, type Frame } from "./frames.ts";
import { readParams, type WireParams, writeParams } from "./wire_params.ts";

interface Kind {
  readonly kind: Frame["kind"];
  readonly code: number;
  readonly fields: readonly (readonly [name: string, type: FieldType])[];
}

const KINDS = Object.entries(FRAMES).map(
  ([kind, { code, fields }]): Kind => ({ kind: kind as Frame["kind"], code, fields: Object.entries(fields) }),
);
const BY_KIND: ReadonlyMap<string, Kind> = new Map(KINDS.map((one) => [one.kind, one]));
const BY_CODE: ReadonlyMap<number, Kind> = new Map(KINDS.map((one) => [one.code, one]));

/** How a field is written and read. */
interface FieldCodec {
  write(writer: ByteWriter, value: unknown): void;
  read(reader: ByteReader): Result<unknown>;
}

const CODECS: Readonly<Record<FieldType, FieldCodec>> = {
  u32: { write: (writer, value) => writer.u32(value as number), read: (reader) => ok(reader.u32()) },
  u64: { write: (writer, value) => writer.u64(value as number), read: (reader) => ok(reader.u64()) },
  text: { write: (writer, value) => writeText(writer, value as string), read: readText },
  uuid: {
    write: (writer, value) => writer.raw(encodeUuid(value as string)),
    read(reader) {
      const bytes = reader.raw(UUID_BYTES);
      return ok(bytes.length === UUID_BYTES ? decodeUuid(bytes) : "");
    },
  },
  params: { write: (writer, value) => writeParams(writer, value as WireParams), read: readParams },
};

/** The bytes of a frame, its length word included. */
export function encodeFrame(frame: Frame): Uint8Array {
  const { code, fields } = BY_KIND.get(frame.kind) as Kind;
  const writer = createWriter();
  writer.u32(0);
  writer.u32(code);
  writer.u32(frame.tag);
  const values = frame as unknown as Readonly<Record<string, unknown>>;
  for (const [name, type] of fields) CODECS[type].write(writer, values[name]);
  const bytes = writer.bytes();
  new DataView(bytes.buffer).setUint32(0, bytes.length - 4, true);
  return bytes;
}

/** Reads a frame from its bytes without the length word. The error says what is wrong with it. */
export function decodeFrame(bytes: Uint8Array): Result<Frame> {
  const reader = createReader(bytes);
  const code = reader.u32();
  const tag = reader.u32();
  if (reader.failed) return err(`a frame has at least 8 bytes behind its length, not ${bytes.length}`);
  const known = BY_CODE.get(code);
  if (known === undefined) return err(`no frame has the kind 0x${code.toString(16)}`);
  const { kind, fields } = known;
  const frame: Record<string, unknown> = { kind, tag };
  for (const [name, type] of fields) {
    const value = CODECS[type].read(reader);
    if (reader.failed) return err(`frame '${kind}' ends within its field '${name}', or the field is out of range`);
    if (!value.ok) return err(`frame '${kind}': ${value.error}`);
    frame[name] = value.value;
  }
  if (reader.left > 0) return err(`frame '${kind}' has ${reader.left} bytes too many`);
  return ok(frame as unknown as Frame);
}

function writeText(writer: ByteWriter, text: string): void {
  const bytes = new TextEncoder().encode(text);
  writer.u32(bytes.length);
  writer.raw(bytes);
  writer.pad();
}

function readText(reader: ByteReader): Result<string> {
  const bytes = reader.raw(reader.u32());
  reader.pad();
  try {
    return ok(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return err("a text is not UTF-8");
  }
}
