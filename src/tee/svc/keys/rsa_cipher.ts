// RSA encryption with its paddings: RFC 8017, chapter 7.
import type { Work } from "../crypto/algorithms.ts";
import { type CryptoEnv, providerOf } from "../crypto/env.ts";
import { touch, using } from "../crypto/scratch.ts";
import type { CrypState } from "../crypto/state.ts";
import { unpadEncryption } from "../numbers/padding.ts";
import { EXPONENTIATION, HASH_MEMORY, mgf1Memory, oaepBlocks } from "./rsa_memory.ts";
import { decryptOaep, encryptOaep, type OaepOptions } from "./rsa_oaep.ts";
import { exponentiations, paddedBlock, privateKey, publicKey, raiseToKey, rsaLength, withMemory } from "./rsa_power.ts";

type RsaWork = Work & { readonly kind: "rsa" };

/** null if the data does not fit. */
export function rsaEncrypt(
  env: CryptoEnv,
  operation: CrypState,
  work: RsaWork,
  { label, mask }: OaepOptions,
  data: Uint8Array,
): Uint8Array | null {
  const { core } = env;
  const { rsa } = providerOf(env);
  if (work.padding === "oaep") {
    const { hash } = work;
    using(core, oaepBlocks("encode", rsaLength(operation), hash), () => {
      touch(core, HASH_MEMORY);
      for (let n = 0; n < 2; n++) mgf1Memory(env, mask ?? hash);
    });
    const key = publicKey(operation);
    return withMemory(env, [EXPONENTIATION], encryptOaep(env, key, rsaLength(operation), { hash, label, mask }, data));
  }
  if (work.padding === "pkcs1") return withMemory(env, [EXPONENTIATION], rsa.encryptPkcs1(publicKey(operation), data));
  return raiseToKey(env, operation, data, false);
}

export function rsaDecrypt(
  env: CryptoEnv,
  operation: CrypState,
  work: RsaWork,
  { label, mask }: OaepOptions,
  data: Uint8Array,
): Uint8Array | null {
  const length = rsaLength(operation);
  if (work.padding === "none") return unpadded(raiseToKey(env, operation, data, true));
  const { core } = env;
  return using(core, [["work.rsa_decrypt", length]], () => {
    if (work.padding !== "oaep") {
      const block = raiseToKey(env, operation, data, true);
      return block && unpadEncryption(block);
    }
    const block = paddedBlock(operation, data);
    if (block === null) return null;
    const { hash } = work;
    const key = privateKey(operation);
    touch(core, ...exponentiations(key));
    return using(core, oaepBlocks("decode", length, hash), () => {
      for (let n = 0; n < 2; n++) mgf1Memory(env, mask ?? hash);
      touch(core, HASH_MEMORY);
      return decryptOaep(env, key, { hash, label, mask }, block);
    });
  });
}

/** What libtomcrypt gives without padding: the number, from its first byte that is not zero (at least one byte). */
function unpadded(block: Uint8Array | null): Uint8Array | null {
  if (block === null) return null;
  const start = block.findIndex((byte) => byte !== 0);
  return start < 0 ? block.slice(-1) : block.slice(start);
}
