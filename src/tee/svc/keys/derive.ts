// Keys from keys: HKDF (RFC 5869), the concatenation KDF (NIST SP 800-56A), PBKDF2 (RFC 8018), and the core's memory for them,
// which was measured: OP-TEE 4.0.0 core/tee/tee_cryp_hkdf.c, tee_cryp_concat_kdf.c, tee_cryp_pbkdf2.c.
import { HASHES } from "../crypto/algorithms.ts";
import type { Attribute } from "../crypto/attribute.ts";
import { type CryptoEnv, hashOf } from "../crypto/env.ts";
import { using } from "../crypto/scratch.ts";
import { concat, wordBytes } from "../numbers/bytes.ts";
import { hmacOf } from "./hmac_memory.ts";
import { type Kdf, type KdfSource, kdfSourceOf } from "./kdf_source.ts";
import { pbkdf2 } from "./pbkdf2.ts";

type Secret = Uint8Array | null;

/** null for values that are missing or impossible, or more than `most` bytes. */
export function derive(
  env: CryptoEnv,
  work: Kdf,
  secret: Uint8Array,
  attributes: readonly Attribute[],
  most: number,
): Secret | Promise<Secret> {
  const source = kdfSourceOf(work, secret, attributes);
  return source === null || source.length > most ? null : FUNCTIONS[work.does](env, source);
}

const FUNCTIONS: Readonly<Record<Kdf["does"], (env: CryptoEnv, source: KdfSource) => Secret | Promise<Secret>>> = {
  hkdf(env, { hash, secret, data, salt, length }) {
    const { size } = HASHES[hash];
    const count = Math.ceil(length / size);
    const context = [["context.hmac"]] as const;
    const key = using(env.core, context, () =>
      hmacOf(env, hash, salt.length > 0 ? salt : new Uint8Array(size), secret),
    );
    if (count > 255) return null;
    return using(env.core, context, () => {
      const parts: Uint8Array[] = [new Uint8Array()];
      for (let n = 1; n <= count; n++)
        parts.push(hmacOf(env, hash, key, parts[n - 1] as Uint8Array, data, Uint8Array.of(n)));
      return concat(...parts).slice(0, length);
    });
  },
  concat: (env, { hash, secret, data, length }) =>
    using(env.core, [["context.hash"]], () => {
      const parts: Uint8Array[] = [];
      for (let n = 1; n <= Math.ceil(length / HASHES[hash].size); n++) {
        const digest = hashOf(env, hash);
        for (const part of [wordBytes(n), secret, data]) digest.update(part);
        parts.push(digest.digest());
      }
      return concat(...parts).slice(0, length);
    }),
  pbkdf2,
};
