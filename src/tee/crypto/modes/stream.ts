// Ciphers in their modes: what comes in between TEE_CipherInit and TEE_CipherDoFinal. NIST SP 800-38A and 38E.
import { concat, xor } from "../bytes.ts";
import type { BlockCipher } from "../provider.ts";

/** How much of the data a mode keeps back until it knows more. */
export type Holding =
  /** Nothing: a key stream. */
  | "none"
  /** What does not fill a block. */
  | "partial"
  /** More than a block and at most two, as the end is made from both. */
  | "two";

/** A cipher in a mode, in the middle of its data. */
export interface Stream {
  /** Bytes of a block. */
  readonly unit: number;
  readonly holding: Holding;
  /** Takes whole blocks (any bytes with "none"). */
  update(data: Uint8Array): Uint8Array;
  /** Takes what is left. null if that cannot be the end. */
  finish(rest: Uint8Array): Uint8Array | null;
  copy(): Stream;
}

/** Bytes of `total` that `update` may have. */
export function ready({ unit, holding }: Pick<Stream, "unit" | "holding">, total: number): number {
  if (holding === "none") return total;
  if (holding === "partial") return total - (total % unit);
  return total > 2 * unit ? total - (((total - 1) % unit) + 1 + unit) : 0;
}

export function ecb(cipher: BlockCipher, decrypt: boolean): Stream {
  const update = decrypt ? cipher.decrypt : cipher.encrypt;
  const stream: Stream = {
    unit: cipher.blockSize,
    holding: "partial",
    update,
    finish: (rest) => (rest.length % cipher.blockSize === 0 ? update(rest) : null),
    copy: () => stream,
  };
  return stream;
}

export function cbc(cipher: BlockCipher, decrypt: boolean, iv: Uint8Array): Stream {
  const unit = cipher.blockSize;
  let last = iv.slice();
  const update = (data: Uint8Array): Uint8Array => {
    if (data.length === 0) return new Uint8Array();
    const out = decrypt ? xor(cipher.decrypt(data), concat(last, data.subarray(0, -unit))) : cipher.chain(last, data);
    last = (decrypt ? data : out).slice(-unit);
    return out;
  };
  const finish = (rest: Uint8Array): Uint8Array | null => (rest.length % unit === 0 ? update(rest) : null);
  return { unit, holding: "partial", update, finish, copy: () => cbc(cipher, decrypt, last) };
}

/** `holding` "partial" for what gives whole blocks only, though it need not. The counter is all of the block. */
export function ctr(cipher: BlockCipher, iv: Uint8Array, holding: Holding, used = 0): Stream {
  const counter = iv.slice();
  let offset = used;
  const update = (data: Uint8Array): Uint8Array => {
    const blocks = new Uint8Array(Math.ceil((offset + data.length) / cipher.blockSize) * cipher.blockSize);
    for (let at = 0; at < blocks.length; at += cipher.blockSize) {
      blocks.set(counter, at);
      if (at + cipher.blockSize <= offset + data.length) increment(counter);
    }
    const keys = cipher.encrypt(blocks).subarray(offset);
    offset = (offset + data.length) % cipher.blockSize;
    return xor(data, keys);
  };
  return {
    unit: cipher.blockSize,
    holding,
    update,
    finish: update,
    copy: () => ctr(cipher, counter, holding, offset),
  };
}

/** Adds one to a number, most significant byte first. `from` is the first byte that takes part. */
export function increment(counter: Uint8Array, from = 0): void {
  for (let i = counter.length - 1; i >= from; i--) {
    counter[i] = ((counter[i] ?? 0) + 1) & 255;
    if (counter[i] !== 0) return;
  }
}
