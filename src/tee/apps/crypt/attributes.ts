// Attributes on their way into the crypto test TA, in one memref. The layout is our own.
import type { Attribute } from "../../svc/crypto/attribute.ts";
import { ATTR_VALUE_BIT } from "../../svc/crypto/ids.ts";

/** Words of 32 bits, low byte first: how many; for each its id, then two values, or where its bytes begin and how many. */
const HEAD = 4;
const ROW = 12;

/** Packs attributes; nothing for none. */
export function packAttributes(attributes: readonly Attribute[]): Uint8Array {
  if (attributes.length === 0) return new Uint8Array();
  let at = HEAD + ROW * attributes.length;
  const total = attributes.reduce((sum, one) => sum + (one.kind === "ref" ? one.data.length : 0), at);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, attributes.length, true);
  for (const [n, attribute] of attributes.entries()) {
    const [a, b] = attribute.kind === "ref" ? [at, attribute.data.length] : [attribute.a, attribute.b];
    for (const [word, value] of [attribute.id, a, b].entries()) view.setUint32(HEAD + ROW * n + 4 * word, value, true);
    if (attribute.kind !== "ref") continue;
    bytes.set(attribute.data, at);
    at += attribute.data.length;
  }
  return bytes;
}

/** Unpacks attributes; references point into `bytes`. null where the layout is wrong. */
export function unpackAttributes(bytes: Uint8Array): readonly Attribute[] | null {
  if (bytes.length === 0) return [];
  if (bytes.length < HEAD) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0, true);
  if (count === 0 || bytes.length < HEAD + ROW * count) return null;
  const attributes: Attribute[] = [];
  for (let n = 0; n < count; n++) {
    const [id, a, b] = [0, 4, 8].map((word) => view.getUint32(HEAD + ROW * n + word, true)) as [number, number, number];
    if ((id & ATTR_VALUE_BIT) !== 0) attributes.push({ kind: "value", id, a, b });
    else if (a + b > bytes.length) return null;
    else attributes.push({ kind: "ref", id, data: bytes.subarray(a, a + b) });
  }
  return attributes;
}
