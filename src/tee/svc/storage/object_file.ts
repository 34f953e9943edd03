// The form in which OP-TEE 4.0.0 core/tee/tee_svc_storage.c keeps an object: a head of 24 bytes, attributes, data.

/** Bytes before the attributes. */
export const HEAD_BYTES = 24;

/** The largest data of an object, in bytes: a limit of this system's own. */
export const MAX_OBJECT_BYTES = 16 * 1024 * 1024;

/** TEE_TYPE_DATA: an object without attributes. */
const TYPE_DATA = 0xa00000bf;

/** What the head says of an object. Sizes of keys in bits. */
export interface ObjectHead {
  readonly type: number;
  readonly keySize: number;
  readonly maxKeySize: number;
  /** Bits of what the object may be used for. */
  readonly usage: number;
  /** Bits of the attributes that it has, in the order of its type. */
  readonly have: number;
}

/** An object that holds data only. */
export const DATA_HEAD: ObjectHead = { type: TYPE_DATA, keySize: 0, maxKeySize: 0, usage: 0xffffffff, have: 0 };

/** What an object consists of. */
interface ObjectContent {
  readonly head: ObjectHead;
  readonly attributes: Uint8Array;
  readonly data: Uint8Array;
}

/** Puts an object together. Words are little endian. */
export function encodeObject({ head, attributes, data }: ObjectContent): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + attributes.length + data.length);
  const view = new DataView(bytes.buffer);
  const words = [attributes.length, head.keySize, head.maxKeySize, head.usage, head.type, head.have];
  for (const [i, word] of words.entries()) view.setUint32(4 * i, word, true);
  bytes.set(attributes, HEAD_BYTES);
  bytes.set(data, HEAD_BYTES + attributes.length);
  return bytes;
}

/** Takes an object apart; null for what is damaged. */
export function decodeObject(bytes: Uint8Array): ObjectContent | null {
  if (bytes.length < HEAD_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES);
  const [length, keySize, maxKeySize, usage, type, have] = Array.from({ length: 6 }, (_, i) =>
    view.getUint32(4 * i, true),
  ) as [number, number, number, number, number, number];
  const end = HEAD_BYTES + length;
  if (end > bytes.length || (type === TYPE_DATA) !== (length === 0) || (length === 0 && have !== 0)) return null;
  const head = { type, keySize, maxKeySize, usage, have };
  return { head, attributes: bytes.slice(HEAD_BYTES, end), data: bytes.slice(end) };
}
