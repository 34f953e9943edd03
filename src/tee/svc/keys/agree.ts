// Key agreement: NIST SP 800-56A, the shared secret alone, and the core's memory for it, which was measured but for X25519.
import type { Attribute } from "../crypto/attribute.ts";
import { type CryptoEnv, providerOf } from "../crypto/env.ts";
import { ATTR } from "../crypto/ids.ts";
import { play, type Scratch } from "../crypto/scratch.ts";
import type { CrypState } from "../crypto/state.ts";
import { bitLength, toBytes, toNumber } from "../numbers/bytes.ts";
import { curveOf } from "./ecdsa.ts";
import { bytesOf, numberOf } from "./numbers_of.ts";
import { limbsOf } from "./object_blocks.ts";
import { TIMES_BLOCKS, TIMES_STEPS } from "./point_memory.ts";
import { EXPONENTIATION } from "./rsa_memory.ts";
import { sm2Agree } from "./sm2_agree.ts";

/**
 * The secret that an operation's key and the other side's public values share; null for impossible values. SM2 makes as
 * many bytes of it as are asked for.
 */
export function agree(
  env: CryptoEnv,
  operation: CrypState,
  attributes: readonly Attribute[],
  length: number,
): Uint8Array | null {
  const { kind } = operation.algorithm.work;
  if (kind === "sm2") return sm2Agree(env, operation, attributes, length);
  if (kind === "x25519") return x25519(env, operation, attributes);
  return kind === "dh" ? dh(env, operation, attributes) : ecdh(env, operation, attributes);
}

/** The values of just these attributes, in this order; none if there are others. */
function given(attributes: readonly Attribute[], ...wanted: readonly number[]): readonly Uint8Array[] {
  if (attributes.length !== wanted.length || attributes.some(({ id }, n) => id !== wanted[n])) return [];
  return attributes.flatMap((one) => (one.kind === "ref" ? [one.data] : []));
}

function dh(env: CryptoEnv, operation: CrypState, attributes: readonly Attribute[]): Uint8Array | null {
  const [p, [other]] = [numberOf(operation, ATTR.DH_PRIME), given(attributes, ATTR.DH_PUBLIC_VALUE)];
  if (other === undefined) return null;
  // Room for the other side's value and for the secret, which has as many bytes.
  const number = limbs(env, other.length);
  play(env.core, [HEAD, number, HEAD, number, EXPONENTIATION], DH_STEPS);
  const secret = providerOf(env).power(toNumber(other), numberOf(operation, ATTR.DH_PRIVATE_VALUE), p);
  // OP-TEE gives the number without leading zeros.
  return secret === null ? null : toBytes(secret, bytesFor(secret));
}

function bytesFor(value: bigint): number {
  return Math.max(1, Math.ceil(bitLength(value) / 8));
}

function x25519(env: CryptoEnv, operation: CrypState, attributes: readonly Attribute[]): Uint8Array | null {
  const [other] = given(attributes, ATTR.X25519_PUBLIC_VALUE);
  if (other?.length !== 32) return null;
  return providerOf(env).curve25519.agree(bytesOf(operation, ATTR.X25519_PRIVATE_VALUE), other);
}

function ecdh(env: CryptoEnv, operation: CrypState, attributes: readonly Attribute[]): Uint8Array | null {
  const [x, y] = given(attributes, ATTR.ECC_PUBLIC_VALUE_X, ATTR.ECC_PUBLIC_VALUE_Y);
  if (x === undefined || y === undefined) return null;
  const curve = curveOf(env, operation);
  play(env.core, blocks(env, x.length, y.length), STEPS);
  const shared = curve.agree(numberOf(operation, ATTR.ECC_PRIVATE_VALUE), { x: toNumber(x), y: toNumber(y) });
  return shared === null ? null : toBytes(shared, Math.ceil(curve.bits / 8));
}

const HEAD: Scratch = ["key.number"];

function limbs({ core }: CryptoEnv, bytes: number): Scratch {
  return ["key.limbs", limbsOf(core, bytes)];
}

/** The other side's coordinates, whose limbs get their size, and the product. */
function blocks(env: CryptoEnv, x: number, y: number): readonly Scratch[] {
  const [fresh, first, second] = [limbs(env, 512), limbs(env, x), limbs(env, y)];
  return [HEAD, fresh, HEAD, fresh, first, second, ["work.ecdh_product"], ...TIMES_BLOCKS];
}

const DH_STEPS: readonly number[] = [0, 1, 2, 3, 4, 4, 1, 0, 3, 2];

const STEPS: readonly number[] = [0, 1, 2, 3, 1, 4, 3, 5, 6, ...TIMES_STEPS.map((n) => n + 7), 6, 4, 0, 5, 2];
