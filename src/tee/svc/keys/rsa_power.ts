// RSA's bare operations, with their memory.

import type { RsaPrivate, RsaPublic } from "../../kernel/host/key_provider.ts";
import { type CryptoEnv, providerOf } from "../crypto/env.ts";
import { ATTR } from "../crypto/ids.ts";
import { type Scratch, touch } from "../crypto/scratch.ts";
import type { CrypState } from "../crypto/state.ts";
import { bitLength, concat, toNumber } from "../numbers/bytes.ts";
import { bytesOf, numberOf } from "./numbers_of.ts";
import { EXPONENTIATION } from "./rsa_memory.ts";

/** Bytes of the modulus. */
export function rsaLength(operation: CrypState): number {
  return Math.ceil(bitLength(numberOf(operation, ATTR.RSA_MODULUS)) / 8);
}

/** The bare operation; null for a number that is not below the modulus. With its exponentiations' memory. */
export function raiseToKey(env: CryptoEnv, operation: CrypState, data: Uint8Array, secret: boolean): Uint8Array | null {
  const block = paddedBlock(operation, data);
  if (block === null) return null;
  const { rsa } = providerOf(env);
  if (!secret) return withMemory(env, [EXPONENTIATION], rsa.publicPower(publicKey(operation), block));
  const key = privateKey(operation);
  return withMemory(env, exponentiations(key), rsa.privatePower(key, block));
}

/** Data as a number of the modulus' length; null if it is not below the modulus. */
export function paddedBlock(operation: CrypState, data: Uint8Array): Uint8Array | null {
  const length = rsaLength(operation);
  if (data.length > length || toNumber(data) >= numberOf(operation, ATTR.RSA_MODULUS)) return null;
  return concat(new Uint8Array(length - data.length), data);
}

/** The memory comes and goes where there is a result. */
export function withMemory(env: CryptoEnv, blocks: readonly Scratch[], result: Uint8Array | null): Uint8Array | null {
  if (result !== null) touch(env.core, ...blocks);
  return result;
}

/** Blinding takes one more; the remainders by the primes are two of their own, and a check. */
export function exponentiations({ p }: RsaPrivate): readonly Scratch[] {
  return Array.from({ length: p === undefined ? 2 : 4 }, () => EXPONENTIATION);
}

export function publicKey(operation: CrypState): RsaPublic {
  return { n: bytesOf(operation, ATTR.RSA_MODULUS), e: bytesOf(operation, ATTR.RSA_PUBLIC_EXPONENT) };
}

export function privateKey(operation: CrypState): RsaPrivate {
  const key = { ...publicKey(operation), d: bytesOf(operation, ATTR.RSA_PRIVATE_EXPONENT) };
  const parts = [ATTR.RSA_PRIME1, ATTR.RSA_PRIME2, ATTR.RSA_EXPONENT1, ATTR.RSA_EXPONENT2, ATTR.RSA_COEFFICIENT].map(
    (id) => operation.keys[0]?.refs.get(id),
  );
  const [p, q, dp, dq, qi] = parts;
  return p && q && dp && dq && qi ? { ...key, p, q, dp, dq, qi } : key;
}
