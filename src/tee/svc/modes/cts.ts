// CBC with ciphertext stealing; the last two blocks always change places (RFC 3962, NIST's CBC-CS3).

import type { BlockCipher } from "../../kernel/host/provider.ts";
import { concat, xor } from "../numbers/bytes.ts";
import { cbc, type Stream } from "./stream.ts";

export function cts(cipher: BlockCipher, decrypt: boolean, iv: Uint8Array): Stream {
  return over(cipher, decrypt, cbc(cipher, decrypt, iv), iv.slice());
}

function over(cipher: BlockCipher, decrypt: boolean, inner: Stream, iv: Uint8Array): Stream {
  const unit = cipher.blockSize;
  let last = iv;
  const update = (data: Uint8Array): Uint8Array => {
    const out = inner.update(data);
    if (data.length > 0) last = (decrypt ? data : out).slice(-unit);
    return out;
  };
  return {
    update,
    finish(rest) {
      if (rest.length <= unit) return null;
      const whole = rest.subarray(0, unit);
      const part = rest.subarray(unit);
      return decrypt ? unsteal(cipher, last, whole, part) : steal(cipher, last, whole, part);
    },
    copy: () => over(cipher, decrypt, inner.copy(), last),
  };
}

function steal(cipher: BlockCipher, last: Uint8Array, whole: Uint8Array, part: Uint8Array): Uint8Array {
  const first = cipher.chain(last, whole);
  const padded = new Uint8Array(cipher.blockSize);
  padded.set(part);
  return concat(cipher.chain(first, padded), first.subarray(0, part.length));
}

function unsteal(cipher: BlockCipher, last: Uint8Array, whole: Uint8Array, part: Uint8Array): Uint8Array {
  const mixed = cipher.decrypt(whole);
  const first = concat(part, mixed.subarray(part.length));
  return concat(xor(cipher.decrypt(first), last), xor(mixed, part).subarray(0, part.length));
}
