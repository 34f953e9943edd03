// RSA with its paddings, and the core's memory for it: OP-TEE 4.0.0 core/lib/libtomcrypt, measured.
import type { Work } from "../algorithms.ts";
import { HASHES } from "../algorithms.ts";
import { bitLength, equal, toBytes, toNumber } from "../bytes.ts";
import type { CryptoEnv } from "../env.ts";
import { ATTR } from "../ids.ts";
import {
  oaepPad,
  oaepUnpad,
  padForEncryption,
  padForSignature,
  pssFits,
  pssPad,
  unpadEncryption,
} from "../numbers/padding.ts";
import { privatePower, publicPower, type RsaKey } from "../numbers/rsa.ts";
import type { HashName } from "../provider.ts";
import { type Scratch, touch, using } from "../scratch.ts";
import type { Operation } from "../state.ts";
import { hashOf } from "../symmetric.ts";
import { numberOf, optionalNumber } from "./numbers_of.ts";

type RsaWork = Work & { readonly kind: "rsa" };

const TOMCRYPT = "core/lib/libtomcrypt/src";

/** What a modular exponentiation has while it works: keys in operations keep 64 words. */
export const EXPONENTIATION: Scratch = ["C", 1040, "lib/libmbedtls/mbedtls/library/bignum.c", 134, 107];

/** Bytes of the modulus. */
export function rsaLength(operation: Operation): number {
  return Math.ceil(bitLength(numberOf(operation, ATTR.RSA_MODULUS)) / 8);
}

/** null if the data does not fit. */
export function rsaEncrypt(
  env: CryptoEnv,
  operation: Operation,
  work: RsaWork,
  label: Uint8Array,
  data: Uint8Array,
): Uint8Array | null {
  const length = rsaLength(operation);
  const { random } = env.core.platform;
  let block: Uint8Array | null = data;
  if (work.padding === "pkcs1") block = padForEncryption(data, length, random);
  if (work.padding === "oaep") {
    const { hash } = work;
    block = using(env.core.heap, oaepBlocks(length, hash, "pkcs_1_oaep_encode.c", 59, 153), () => {
      touch(env.core.heap, HASH_MEMORY);
      for (let n = 0; n < 2; n++) mgf1Memory(env, hash);
      return oaepPad(data, length, digestWith(env, hash), label, random);
    });
  }
  return block && raise(env, operation, block, length, false);
}

export function rsaDecrypt(
  env: CryptoEnv,
  operation: Operation,
  work: RsaWork,
  label: Uint8Array,
  data: Uint8Array,
): Uint8Array | null {
  const length = rsaLength(operation);
  if (work.padding === "none") return unpadded(raise(env, operation, data, length, true));
  const { heap } = env.core;
  return using(heap, [["M", length, `${TOMCRYPT}/pk/rsa/rsa_decrypt_key.c`, 68, 89]], () => {
    const block = raise(env, operation, data, length, true);
    if (block === null || work.padding !== "oaep") return block && unpadEncryption(block);
    return using(heap, oaepBlocks(length, work.hash, "pkcs_1_oaep_decode.c", 56, 168), () => {
      for (let n = 0; n < 2; n++) mgf1Memory(env, work.hash);
      touch(heap, HASH_MEMORY);
      return oaepUnpad(block, digestWith(env, work.hash), label);
    });
  });
}

export function rsaSign(
  env: CryptoEnv,
  operation: Operation,
  work: RsaWork,
  salt: number | null,
  digest: Uint8Array,
): Uint8Array | null {
  const length = rsaLength(operation);
  const block = encode(env, operation, work, salt, digest, length);
  return block && raise(env, operation, block, length, true);
}

export function rsaVerify(
  env: CryptoEnv,
  operation: Operation,
  work: RsaWork,
  salt: number | null,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const { heap } = env.core;
  const length = rsaLength(operation);
  if (signature.length !== length) return false;
  const file = `${TOMCRYPT}/pk/rsa/rsa_verify_hash.c`;
  return using(heap, [["M", length, file, 72, 203]], () => {
    const block = raise(env, operation, signature, length, false);
    if (block === null) return false;
    if (work.padding === "pss") {
      return using(heap, pssBlocks(length, "pkcs_1_pss_decode.c", 57, 159), () => {
        mgf1Memory(env, work.hash);
        const bits = bitLength(numberOf(operation, ATTR.RSA_MODULUS));
        return pssFits(digest, block, bits, digestWith(env, work.hash), salt ?? digest.length);
      });
    }
    const hash = work.padding === "sign" ? work.hash : null;
    if (hash !== null) touch(heap, ["M", length - 3, file, 114, 196]);
    const expected = padForSignature(digest, length, hash);
    return expected !== null && equal(block, expected);
  });
}

function encode(
  env: CryptoEnv,
  operation: Operation,
  work: RsaWork,
  salt: number | null,
  digest: Uint8Array,
  length: number,
): Uint8Array | null {
  const { heap } = env.core;
  if (work.padding !== "pss") {
    const hash = work.padding === "sign" ? work.hash : null;
    if (hash !== null) touch(heap, ["M", length, `${TOMCRYPT}/pk/rsa/rsa_sign_hash.c`, 105, 124]);
    return padForSignature(digest, length, hash);
  }
  return using(heap, pssBlocks(length, "pkcs_1_pss_encode.c", 58, 156), () => {
    mgf1Memory(env, work.hash);
    const random = new Uint8Array(salt ?? digest.length);
    env.core.platform.random(random);
    const bits = bitLength(numberOf(operation, ATTR.RSA_MODULUS));
    return pssPad(digest, bits, digestWith(env, work.hash), random);
  });
}

/** The bare operation; null for a number that is not below the modulus. With its exponentiations' memory. */
function raise(
  env: CryptoEnv,
  operation: Operation,
  data: Uint8Array,
  length: number,
  secret: boolean,
): Uint8Array | null {
  const key = keyOf(operation, secret);
  const value = toNumber(data);
  if (data.length > length || value >= key.n) return null;
  // Blinding takes one more; the remainders by the primes are two of their own, and a check.
  const times = secret ? (key.crt ? 4 : 2) : 1;
  for (let n = 0; n < times; n++) touch(env.core.heap, EXPONENTIATION);
  return toBytes(secret ? privatePower(key, value) : publicPower(key, value), length);
}

function keyOf(operation: Operation, secret: boolean): RsaKey {
  const n = numberOf(operation, ATTR.RSA_MODULUS);
  const e = numberOf(operation, ATTR.RSA_PUBLIC_EXPONENT);
  if (!secret) return { n, e };
  const d = numberOf(operation, ATTR.RSA_PRIVATE_EXPONENT);
  const [p, q, dp, dq, qinv] = [
    ATTR.RSA_PRIME1,
    ATTR.RSA_PRIME2,
    ATTR.RSA_EXPONENT1,
    ATTR.RSA_EXPONENT2,
    ATTR.RSA_COEFFICIENT,
  ].map((id) => optionalNumber(operation, id));
  if (p == null || q == null || dp == null || dq == null || qinv == null || p * q !== n) return { n, e, d };
  return { n, e, d, crt: { p, q, dp, dq, qinv } };
}

/** What libtomcrypt gives without padding: the number, from its first byte that is not zero (at least one byte). */
function unpadded(block: Uint8Array | null): Uint8Array | null {
  if (block === null) return null;
  const start = block.findIndex((byte) => byte !== 0);
  return start < 0 ? block.slice(-1) : block.slice(start);
}

const digestWith =
  (env: CryptoEnv, name: HashName) =>
  (data: Uint8Array): Uint8Array => {
    const hash = hashOf(env, name);
    hash.update(data);
    return hash.digest();
  };

const HASH_MEMORY: Scratch = ["M", 416, `${TOMCRYPT}/hashes/helper/hash_memory.c`, 38, 55];

function mgf1Memory({ core }: CryptoEnv, hash: HashName): void {
  const file = `${TOMCRYPT}/pk/pkcs1/pkcs_1_mgf1.c`;
  const blocks: Scratch[] = [
    ["M", 416, file, 43, 91],
    ["M", HASHES[hash].size, file, 44, 90],
  ];
  using(core.heap, blocks, () => undefined);
}

function oaepBlocks(length: number, hash: HashName, name: string, from: number, to: number): readonly Scratch[] {
  const file = `${TOMCRYPT}/pk/pkcs1/${name}`;
  return [
    ["M", length, file, from, to + 2],
    ["M", length, file, from + 1, to + 1],
    ["M", HASHES[hash].size, file, from + 2, to],
  ];
}

function pssBlocks(length: number, name: string, from: number, to: number): readonly Scratch[] {
  const file = `${TOMCRYPT}/pk/pkcs1/${name}`;
  return [0, 1, 2, 3].map((n): Scratch => ["M", length, file, from + n, to + 3 - n]);
}
