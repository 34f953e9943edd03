// DSA: FIPS 186-4, chapter 4, and the core's memory for it, which was measured.

import { type CryptoEnv, providerOf } from "../crypto/env.ts";
import { ATTR } from "../crypto/ids.ts";
import { touch, using } from "../crypto/scratch.ts";
import type { CrypState } from "../crypto/state.ts";
import { bitLength, concat, toBytes, toNumber } from "../numbers/bytes.ts";
import { inverse, mod, randomBelow } from "../numbers/modular.ts";
import { refuse } from "../reply.ts";
import { numberOf, optionalNumber } from "./numbers_of.ts";
import { EXPONENTIATION } from "./rsa_memory.ts";

/** Random numbers that do not fit before a key is taken for one that no random number fits. */
export const MOST_TRIES = 100;

/** Bytes of each of a signature's two numbers: as many as the group's order has. */
export function dsaLength(operation: CrypState): number {
  return Math.ceil(bitLength(numberOf(operation, ATTR.DSA_SUBPRIME)) / 8);
}

export function dsaSign(env: CryptoEnv, operation: CrypState, digest: Uint8Array): Uint8Array {
  const { core } = env;
  const { host } = core;
  const { p, q, g } = groupOf(operation);
  const secret = numberOf(operation, ATTR.DSA_PRIVATE_VALUE);
  const length = dsaLength(operation);
  return using(core, [["work.dsa_sign"]], () => {
    touch(core, ["work.random_number", length], EXPONENTIATION);
    for (let i = 0; i < MOST_TRIES; i++) {
      const k = randomBelow(q, host.random);
      const r = power(env, g, k, p) % q;
      const s = mod((inverse(k, q) ?? 0n) * (leftmost(digest, q) + secret * r), q);
      if (r !== 0n && s !== 0n) return concat(toBytes(r, length), toBytes(s, length));
    }
    return refuse("the key is impossible");
  });
}

export function dsaVerify(env: CryptoEnv, operation: CrypState, digest: Uint8Array, signature: Uint8Array): boolean {
  touch(env.core, EXPONENTIATION, EXPONENTIATION);
  const { p, q, g } = groupOf(operation);
  const length = dsaLength(operation);
  if (signature.length !== 2 * length) return false;
  const [r, s] = [toNumber(signature.subarray(0, length)), toNumber(signature.subarray(length))];
  const w = inverse(s, q);
  if (r === 0n || s === 0n || r >= q || s >= q || w === null) return false;
  const y =
    optionalNumber(operation, ATTR.DSA_PUBLIC_VALUE) ?? power(env, g, numberOf(operation, ATTR.DSA_PRIVATE_VALUE), p);
  const left = power(env, g, mod(leftmost(digest, q) * w, q), p);
  return mod(left * power(env, y, mod(r * w, q), p), p) % q === r;
}

function groupOf(operation: CrypState): Readonly<Record<"p" | "q" | "g", bigint>> {
  const [p, q, g] = [ATTR.DSA_PRIME, ATTR.DSA_SUBPRIME, ATTR.DSA_BASE].map((id) => numberOf(operation, id));
  return p && q && g && q > 2n ? { p, q, g } : refuse("the key is impossible");
}

function power(env: CryptoEnv, base: bigint, exponent: bigint, modulus: bigint): bigint {
  return providerOf(env).power(base, exponent, modulus) ?? refuse("the key is impossible");
}

/** As many bits of a digest as the order has. */
function leftmost(digest: Uint8Array, order: bigint): bigint {
  const extra = digest.length * 8 - bitLength(order);
  const value = toNumber(digest);
  return extra > 0 ? value >> BigInt(extra) : value;
}
