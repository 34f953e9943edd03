// Ciphers in their modes: what comes in between TEE_CipherInit and TEE_CipherDoFinal. NIST SP 800-38A and 38E.

import type { BlockCipher } from "../../kernel/host/provider.ts";
import { concat, xor } from "../numbers/bytes.ts";

/** A cipher in a mode, in the middle of its data. */
export interface Stream {
  /** Takes whole blocks (a key stream: any bytes). What has to wait for its end is kept back by the library. */
  update(data: Uint8Array): Uint8Array;
  /** Takes what is left. null if that cannot be the end. */
  finish(rest: Uint8Array): Uint8Array | null;
  copy(): Stream;
}

export function ecb(cipher: BlockCipher, decrypt: boolean): Stream {
  const update = decrypt ? cipher.decrypt : cipher.encrypt;
  const stream: Stream = {
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
  return { update, finish, copy: () => cbc(cipher, decrypt, last) };
}

/** The counter is all of the block. `used`: bytes of the key stream's first block that are gone. */
export function ctr(cipher: BlockCipher, iv: Uint8Array, used = 0): Stream {
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
    update,
    finish: update,
    copy: () => ctr(cipher, counter, offset),
  };
}

/** Adds one to a number, most significant byte first. `from` is the first byte that takes part. */
export function increment(counter: Uint8Array, from = 0): void {
  for (let i = counter.length - 1; i >= from; i--) {
    counter[i] = ((counter[i] ?? 0) + 1) & 255;
    if (counter[i] !== 0) return;
  }
}
