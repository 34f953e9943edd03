// struct utee_attribute and struct utee_object_info: OP-TEE 4.0.0 lib/libutee/include/utee_types.h, of the same size for all TAs.
import type { Attribute } from "../../tee/svc/crypto/attribute.ts";
import { ATTR_VALUE_BIT } from "../../tee/svc/crypto/ids.ts";
import type { ObjectInfo } from "../../tee/svc/reply.ts";
import { ACCESS, type UserMemory } from "./user_memory.ts";

const ATTRIBUTE_BYTES = 24;

/** Reads attributes; those that refer to bytes are views on them. */
export function readAttributes(memory: UserMemory, at: number, count: number): readonly Attribute[] {
  const bytes = memory.passed(ACCESS.READ | ACCESS.ANY_OWNER, at, count * ATTRIBUTE_BYTES);
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: count }, (_, n): Attribute => {
    const from = n * ATTRIBUTE_BYTES;
    const id = words.getUint32(from + 16, true);
    if ((id & ATTR_VALUE_BIT) !== 0)
      return { kind: "value", id, a: words.getUint32(from, true), b: words.getUint32(from + 8, true) };
    return { kind: "ref", id, data: memory.input(wordAt(words, from), wordAt(words, from + 8)) };
  });
}

/** What is known of an object, in bytes. */
export function encodeInfo(info: ObjectInfo): Uint8Array {
  const { objectType, keySize, maxKeySize, usage, dataSize, dataPosition, handleFlags } = info;
  const words = [objectType, keySize, maxKeySize, usage, dataSize, dataPosition, handleFlags];
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  for (const [n, word] of words.entries()) view.setUint32(4 * n, word, true);
  return bytes;
}

/** Bytes of what `encodeInfo` gives. */
export const INFO_BYTES = 28;

function wordAt(words: DataView, at: number): number {
  return Number(words.getBigUint64(at, true));
}
