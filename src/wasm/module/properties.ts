// The properties that a TA brings: `ta_props` of OP-TEE 4.0.0 lib/libutee/include/user_ta_header.h.
import type { Image } from "./image.ts";

/** enum user_ta_prop_type. */
const KINDS = ["bool", "u32", "uuid", "identity", "string", "binary", "u64"] as const;

type PropertyKind = (typeof KINDS)[number];

/** A property with its value as it lies in memory: a string with its NUL, a binary block as Base64 text. */
export interface TaProperty {
  readonly name: string;
  readonly kind: PropertyKind;
  readonly value: Uint8Array;
}

const BYTES: Readonly<Record<Exclude<PropertyKind, "string" | "binary">, number>> = {
  bool: 1,
  u32: 4,
  uuid: 16,
  identity: 20,
  u64: 8,
};

/** More would be damage. */
const MOST = 1024;

/** The properties in their order; none where the module has no table. */
export function readProperties(image: Image): TaProperty[] {
  const table = image.address("ta_props");
  const counter = image.address("ta_num_props");
  if (table === undefined || counter === undefined) return [];
  const count = Math.min(image.pointer(counter), MOST);
  return Array.from({ length: count }, (_, n) => readProperty(image, table + 3 * image.word * n)).filter(
    (property) => property !== null,
  );
}

/** A row: name, kind and value, one word each. */
function readProperty(image: Image, at: number): TaProperty | null {
  const kind = KINDS[image.u32(at + image.word)];
  if (kind === undefined) return null;
  const value = image.pointer(at + 2 * image.word);
  const text = kind === "string" || kind === "binary";
  const length = text ? new TextEncoder().encode(image.text(value)).length + 1 : BYTES[kind];
  return { name: image.text(image.pointer(at)), kind, value: image.bytes(value, length) };
}
