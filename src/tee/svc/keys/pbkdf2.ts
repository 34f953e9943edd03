// PBKDF2 (RFC 8018), and the core's memory for it, which was measured: OP-TEE 4.0.0 core/tee/tee_cryp_pbkdf2.c.
import { HASHES } from "../crypto/algorithms.ts";
import type { CryptoEnv } from "../crypto/env.ts";
import { using } from "../crypto/scratch.ts";
import { concat, wordBytes } from "../numbers/bytes.ts";
import { hmacOf } from "./hmac_memory.ts";
import type { KdfSource } from "./kdf_source.ts";

/** Rounds after which others have their turn: some hundredths of a second. A TA may ask for four billion. */
const SLICE = 2000;

export async function pbkdf2(env: CryptoEnv, { hash, secret, salt, rounds, length }: KdfSource): Promise<Uint8Array> {
  const { size } = HASHES[hash];
  let left = SLICE;
  const part = async (n: number): Promise<Uint8Array> => {
    const sum = new Uint8Array(size);
    let last = concat(salt, wordBytes(n));
    for (let round = 0; round < rounds; round++) {
      last = hmacOf(env, hash, secret, last);
      for (let at = 0; at < size; at++) sum[at] = (sum[at] ?? 0) ^ (last[at] ?? 0);
      if (--left > 0) continue;
      left = SLICE;
      await env.core.host.wait(0, undefined);
    }
    return sum;
  };
  return using(env.core, [["context.hmac"]], async () => {
    const parts: Uint8Array[] = [];
    for (let n = 1; n <= Math.ceil(length / size); n++) parts.push(await part(n));
    return concat(...parts).slice(0, length);
  });
}
