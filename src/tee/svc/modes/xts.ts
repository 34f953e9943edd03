// XTS with ciphertext stealing: IEEE 1619, NIST SP 800-38E.

import type { BlockCipher } from "../../kernel/host/provider.ts";
import { concat, xor } from "../numbers/bytes.ts";
import type { Stream } from "./stream.ts";

const UNIT = 16;

/** `tweak` is the encrypted one, and is changed. */
function stream(cipher: BlockCipher, decrypt: boolean, tweak: Uint8Array): Stream {
  const work = decrypt ? cipher.decrypt : cipher.encrypt;
  const update = (data: Uint8Array): Uint8Array => {
    const tweaks = new Uint8Array(data.length);
    for (let at = 0; at < data.length; at += UNIT) {
      tweaks.set(tweak, at);
      double(tweak);
    }
    return xor(work(xor(data, tweaks)), tweaks);
  };
  return {
    update,
    finish(rest) {
      if (rest.length < UNIT) return null;
      if (rest.length % UNIT === 0) return update(rest);
      const whole = rest.subarray(0, UNIT);
      const part = rest.subarray(UNIT);
      const next = tweak.slice();
      double(next);
      // Decryption takes the tweaks of the last two blocks in the other order.
      const [one, two] = decrypt ? [next, tweak] : [tweak, next];
      const first = xor(work(xor(whole, one)), one);
      const stolen = concat(part, first.subarray(part.length));
      return concat(xor(work(xor(stolen, two)), two), first.subarray(0, part.length));
    },
    copy: () => stream(cipher, decrypt, tweak.slice()),
  };
}

/** `tweaking` has the second key; `iv` is 16 bytes. */
export function xts(cipher: BlockCipher, tweaking: BlockCipher, decrypt: boolean, iv: Uint8Array): Stream {
  return stream(cipher, decrypt, tweaking.encrypt(iv));
}

/** Times x in the field, least significant byte first. */
function double(tweak: Uint8Array): void {
  let carry = 0;
  for (let i = 0; i < UNIT; i++) {
    const byte = tweak[i] ?? 0;
    tweak[i] = ((byte << 1) | carry) & 255;
    carry = byte >>> 7;
  }
  if (carry) tweak[0] = (tweak[0] ?? 0) ^ 0x87;
}
