// The form in which OP-TEE 4.0.0 core/tee/tee_svc_storage.c keeps an object: a head of 24 bytes, attributes, data.

/** Bytes before the attributes. */
export const HEAD_BYTES = 24;

/** TEE_TYPE_DATA: an object without attributes. */
export const TYPE_DATA = 0xa00000bf;

/** What the head says of an object. Sizes of keys in bits. */
export interface ObjectHead {
  readonly type: number;
  readonly keySize: number;
  readonly maxKeySize: number;
  /** Bits of what the object may be used for. */
  readonly usage: number;
}

/** An object that holds data only. */
export const DATA_HEAD: ObjectHead = { type: TYPE_DATA, keySize: 0, maxKeySize: 0, usage: 0xffffffff };

/** Puts head and data together. Words are little endian. */
export function encodeObject(head: ObjectHead, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + data.length);
  const view = new DataView(bytes.buffer);
  [0, head.keySize, head.maxKeySize, head.usage, head.type, 0].forEach((word, i) => view.setUint32(4 * i, word, true));
  bytes.set(data, HEAD_BYTES);
  return bytes;
}

/** Takes an object apart; null for what is damaged. Attributes are not among what this version reads. */
export function decodeObject(bytes: Uint8Array): { readonly head: ObjectHead; readonly data: Uint8Array } | null {
  if (bytes.length < HEAD_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES);
  const [attributes, keySize, maxKeySize, usage, type, count] = Array.from({ length: 6 }, (_, i) =>
    view.getUint32(4 * i, true),
  ) as [number, number, number, number, number, number];
  if (attributes !== 0 || count !== 0 || type !== TYPE_DATA) return null;
  return { head: { type, keySize, maxKeySize, usage }, data: bytes.slice(HEAD_BYTES) };
}
