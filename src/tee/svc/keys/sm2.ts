// The parts that the algorithms of SM2 share: GM/T 0003-2012, parts 1 and 5.

import type { Affine, Curve } from "../../kernel/host/key_provider.ts";
import type { Attribute } from "../crypto/attribute.ts";
import { type CryptoEnv, curveFor, hashOf } from "../crypto/env.ts";
import type { Scratch } from "../crypto/scratch.ts";
import { concat, toBytes, toNumber } from "../numbers/bytes.ts";

/** Bytes of a coordinate, and of a digest by SM3. */
export const SM2_BYTES = 32;

/** What SM3 has while it works. */
export const SM3_CONTEXT: Scratch = ["work.sm3"];

export function sm2Curve(env: CryptoEnv): Curve {
  return curveFor(env, "sm2");
}

/** A number in as many bytes as a coordinate. */
export function word(value: bigint): Uint8Array {
  return toBytes(value, SM2_BYTES);
}

export function sm3(env: CryptoEnv, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = hashOf(env, "sm3");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** So many bytes of a key from a secret: part 3, 5.4.3. */
export function sm2Key(env: CryptoEnv, secret: Uint8Array, length: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let n = 1; parts.length * SM2_BYTES < length; n++) {
    parts.push(sm3(env, secret, Uint8Array.of(n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255)));
  }
  return concat(...parts).slice(0, length);
}

/** The point of two attributes; null if one is missing, or if it is not on the curve. */
export function givenPoint(
  env: CryptoEnv,
  attributes: readonly Attribute[],
  xs: readonly number[],
  ys: readonly number[],
): Affine | null {
  const number = (ids: readonly number[]): bigint | null => {
    const found = attributes.find(({ id }) => ids.includes(id));
    return found?.kind === "ref" ? toNumber(found.data) : null;
  };
  const [x, y] = [number(xs), number(ys)];
  return x !== null && y !== null && sm2Curve(env).has({ x, y }) ? { x, y } : null;
}
