// Attributes as OP-TEE 4.0.0 core/tee/tee_svc_cryp.c writes them to storage: in their order, numbers and secrets with their
// length before them, values as a word. Words are little endian.
import type { ValueAttribute } from "../crypto/attribute.ts";
import { ATTR_VALUE_BIT } from "../crypto/ids.ts";
import { OBJECT_TYPES, type ObjectType, sizeFits } from "../crypto/object_types.ts";
import type { KeyObject } from "../crypto/state.ts";
import { concat } from "../numbers/bytes.ts";

/** Attributes in bytes, and which of a type's are among them: bit 0 is the first. */
interface StoredAttributes {
  readonly bytes: Uint8Array;
  readonly have: number;
}

type Values = Pick<KeyObject, "refs" | "values">;

export function encodeAttributes({ type, refs, values }: KeyObject): StoredAttributes {
  const parts: Uint8Array[] = [];
  let have = 0;
  for (const [n, { id }] of type.fields.entries()) {
    if (refs.has(id) || values.has(id)) have |= 1 << n;
    if ((id & ATTR_VALUE_BIT) !== 0) parts.push(word(values.get(id)?.a ?? 0));
    else {
      const data = refs.get(id) ?? new Uint8Array();
      parts.push(word(data.length), data);
    }
  }
  return { bytes: concat(...parts), have };
}

/** null for bytes that are no attributes of the type. */
export function decodeAttributes(type: ObjectType, { bytes, have }: StoredAttributes): Values | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const refs = new Map<number, Uint8Array>();
  const values = new Map<number, ValueAttribute>();
  let at = 0;
  for (const [n, { id }] of type.fields.entries()) {
    if (at + 4 > bytes.length) return null;
    const first = view.getUint32(at, true);
    at += 4;
    const there = (have & (1 << n)) !== 0;
    if ((id & ATTR_VALUE_BIT) !== 0) {
      if (there) values.set(id, { kind: "value", id, a: first, b: 0 });
      continue;
    }
    if (first > bytes.length - at) return null;
    if (there) refs.set(id, bytes.slice(at, at + first));
    at += first;
  }
  return at === bytes.length ? { refs, values } : null;
}

/** The type of a stored key, if there is such a type, and keys of it can be that large. */
export function storedType(id: number, keySize: number, maxKeySize: number): ObjectType | null {
  const type = OBJECT_TYPES.get(id);
  return type && keySize <= maxKeySize && sizeFits(type, maxKeySize) ? type : null;
}

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
