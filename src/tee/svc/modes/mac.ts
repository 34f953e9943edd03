// Message authentication codes: FIPS 198-1 (HMAC), NIST SP 800-38B (CMAC), FIPS 113 (CBC-MAC).

import type { BlockCipher, Hash } from "../../kernel/host/provider.ts";
import { concat, xor } from "../numbers/bytes.ts";

/** A code in the middle of its data. */
export interface Mac {
  update(data: Uint8Array): void;
  /** The code; ends it. null if the length of the data does not fit. */
  final(): Uint8Array | null;
  copy(): Mac;
}

/** `start` makes digests with blocks of `block` bytes. */
export function hmac(start: () => Hash, block: number, key: Uint8Array): Mac {
  const padded = new Uint8Array(block);
  if (key.length > block) {
    const hash = start();
    hash.update(key);
    padded.set(hash.digest());
  } else padded.set(key);
  const inner = start();
  inner.update(padded.map((byte) => byte ^ 0x36));
  const outer = start();
  outer.update(padded.map((byte) => byte ^ 0x5c));
  return between(inner, outer);
}

function between(inner: Hash, outer: Hash): Mac {
  return {
    update: inner.update,
    final() {
      outer.update(inner.digest());
      return outer.digest();
    },
    copy: () => between(inner.copy(), outer.copy()),
  };
}

/** What a chain does with its last, incomplete block. */
type Ending = "nopad" | "pkcs5" | "cmac";

/** A chain of blocks of which the last encrypted one counts. */
export function chained(
  cipher: BlockCipher,
  ending: Ending,
  state: Uint8Array = new Uint8Array(cipher.blockSize),
  held: Uint8Array = new Uint8Array(),
): Mac {
  const unit = cipher.blockSize;
  let chain = state;
  let rest = held;
  const take = (blocks: Uint8Array): void => {
    if (blocks.length > 0) chain = cipher.chain(chain, blocks).slice(-unit);
  };
  return {
    update(data) {
      const all = concat(rest, data);
      // CMAC changes the last block before it is encrypted, so one is always kept.
      const whole =
        ending === "cmac" ? Math.max(0, Math.ceil(all.length / unit) - 1) * unit : all.length - (all.length % unit);
      take(all.subarray(0, whole));
      rest = all.slice(whole);
    },
    final() {
      if (ending === "nopad" && rest.length > 0) return null;
      if (ending === "pkcs5") take(concat(rest, new Uint8Array(unit - rest.length).fill(unit - rest.length)));
      if (ending === "cmac") take(lastOfCmac(cipher, rest));
      return chain;
    },
    copy: () => chained(cipher, ending, chain, rest),
  };
}

function lastOfCmac(cipher: BlockCipher, rest: Uint8Array): Uint8Array {
  const unit = cipher.blockSize;
  const one = double(cipher.encrypt(new Uint8Array(unit)));
  if (rest.length === unit) return xor(rest, one);
  const padded = new Uint8Array(unit);
  padded.set(rest);
  padded[rest.length] = 0x80;
  return xor(padded, double(one));
}

/** Times x in the field of 64 or 128 bits, most significant byte first. */
function double(block: Uint8Array): Uint8Array {
  const out = block.map((byte, i) => (byte << 1) | ((block[i + 1] ?? 0) >>> 7));
  if ((block[0] ?? 0) & 0x80) out[out.length - 1] = (out[out.length - 1] ?? 0) ^ (block.length === 16 ? 0x87 : 0x1b);
  return out;
}
