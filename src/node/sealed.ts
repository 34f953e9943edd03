// How an object lies in its file: its bytes under a keyed checksum, which covers them, the TA's UUID and the id.
//
// | byte | is |
// |---|---|
// | 0 | `tmo2`: an object of the second format |
// | 4 | HMAC-SHA-256 with the folder's key over the first 4 bytes, the UUID and all that follows |
// | 36 | how many ids the object has: 1, or 2 while it is renamed |
// | 37 | for each a byte with its length, and the id |
// | … | the object, as `encodeObject` makes it |
import { createHmac, timingSafeEqual } from "node:crypto";

const MAGIC = new TextEncoder().encode("tmo2");
const MAC_BYTES = 32;
const BODY = MAGIC.length + MAC_BYTES;

/** The bytes of an object's file. */
export function seal(key: Uint8Array, uuid: string, ids: readonly Uint8Array[], content: Uint8Array): Uint8Array {
  const names = ids.flatMap((id) => [Uint8Array.of(id.length), id]);
  const body = Buffer.concat([Uint8Array.of(ids.length), ...names, content]);
  return new Uint8Array(Buffer.concat([MAGIC, checkSum(key, uuid, body), body]));
}

/** The object in a file; null for one that is damaged, or is another object's, or was made with another key. */
export function unseal(key: Uint8Array, uuid: string, id: Uint8Array, bytes: Uint8Array): Uint8Array | null {
  if (!isSealed(bytes) || bytes.length <= BODY) return null;
  const body = bytes.subarray(BODY);
  if (!timingSafeEqual(bytes.subarray(MAGIC.length, BODY), checkSum(key, uuid, body))) return null;
  let at = 1;
  let named = false;
  for (let n = body[0] ?? 0; n > 0; n--) {
    const end = at + 1 + (body[at] ?? 0);
    named ||= Buffer.compare(body.subarray(at + 1, end), id) === 0;
    at = end;
  }
  return named ? body.slice(at) : null;
}

/** True for a file that begins as sealed ones do; what teemem wrote before had no checksum. */
export function isSealed(bytes: Uint8Array): boolean {
  return bytes.length >= MAGIC.length && MAGIC.every((byte, i) => bytes[i] === byte);
}

function checkSum(key: Uint8Array, uuid: string, body: Uint8Array): Uint8Array {
  return createHmac("sha256", key).update(MAGIC).update(uuid, "ascii").update(body).digest();
}
