// ECDSA: FIPS 186-4, chapter 6, and the core's memory for it, which was measured.

import type { Curve } from "../../kernel/host/key_provider.ts";
import { CURVES } from "../crypto/curves.ts";
import { type CryptoEnv, curveFor } from "../crypto/env.ts";
import { ATTR } from "../crypto/ids.ts";
import { play, type Scratch, touch } from "../crypto/scratch.ts";
import type { CrypState } from "../crypto/state.ts";
import { refuse } from "../reply.ts";
import { numberOf, publicPoint } from "./numbers_of.ts";
import { SUM_BLOCKS, SUM_STEPS, timesMemory } from "./point_memory.ts";

/** Two points, and in between what their sum needs. */
const verifyBlocks: readonly Scratch[] = [["work.ecdsa_verify_first"], ["work.ecdsa_verify_second"], ...SUM_BLOCKS];
const verifySteps = [0, 1, ...SUM_STEPS.map((n) => n + 2), 0, 1];

/** The curve that the key of an operation names. */
export function curveOf(env: CryptoEnv, { keys }: CrypState): Curve {
  const named = CURVES.get(keys[0]?.values.get(ATTR.ECC_CURVE)?.a ?? 0) ?? refuse("the key has no curve");
  return curveFor(env, named.name);
}

/** Bytes of each of a signature's two numbers. */
export function ecdsaLength(env: CryptoEnv, operation: CrypState): number {
  return Math.ceil(curveOf(env, operation).bits / 8);
}

export function ecdsaSign(env: CryptoEnv, operation: CrypState, digest: Uint8Array): Uint8Array {
  const { core } = env;
  const curve = curveOf(env, operation);
  const random = new Uint8Array(ecdsaLength(env, operation));
  core.host.random(random);
  touch(core, ["work.random_number", random.length]);
  timesMemory(core);
  // A second number blinds the inversion.
  touch(core, ["work.random_number", random.length]);
  const secret = numberOf(operation, ATTR.ECC_PRIVATE_VALUE);
  return curve.sign(secret, digest, random) ?? refuse("the key is impossible");
}

export function ecdsaVerify(env: CryptoEnv, operation: CrypState, digest: Uint8Array, signature: Uint8Array): boolean {
  const curve = curveOf(env, operation);
  if (signature.length !== 2 * ecdsaLength(env, operation)) return false;
  play(env.core, verifyBlocks, verifySteps);
  return curve.verify(publicPoint(curve, operation), digest, signature);
}
