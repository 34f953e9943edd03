// Signatures with DSA and ECDSA, and the core's memory for them: DSA's was measured, that of curves is left out.
import { type CryptoEnv, refuse } from "../env.ts";
import { ATTR } from "../ids.ts";
import { CURVES } from "../numbers/curves.ts";
import { curveGroup, dsaGroup, type Group, sign, verify } from "../numbers/dsa.ts";
import { inverse, power } from "../numbers/modular.ts";
import { times } from "../numbers/points.ts";
import { touch, using } from "../scratch.ts";
import type { Operation } from "../state.ts";
import { numberOf, optionalNumber } from "./numbers_of.ts";
import { EXPONENTIATION } from "./rsa_work.ts";

/** The group of an operation's key. */
export function groupOf(operation: Operation): Group {
  if (operation.algorithm.work.kind === "dsa") {
    const [p, q, g] = [ATTR.DSA_PRIME, ATTR.DSA_SUBPRIME, ATTR.DSA_BASE].map((id) => numberOf(operation, id));
    if (!p || !q || !g || inverse(g, p) === null) return refuse("the key is impossible");
    const y =
      optionalNumber(operation, ATTR.DSA_PUBLIC_VALUE) ?? power(g, numberOf(operation, ATTR.DSA_PRIVATE_VALUE), p);
    return dsaGroup(p, q, g, y);
  }
  const curve = CURVES.get(operation.keys[0]?.values.get(ATTR.ECC_CURVE)?.a ?? 0) ?? refuse("the key has no curve");
  const [x, y] = [ATTR.ECC_PUBLIC_VALUE_X, ATTR.ECC_PUBLIC_VALUE_Y].map((id) => optionalNumber(operation, id));
  const point = x != null && y != null ? { x, y } : times(curve, numberOf(operation, ATTR.ECC_PRIVATE_VALUE), curve);
  return curveGroup(curve, point ?? refuse("the key is impossible"));
}

export function signGroup({ core }: CryptoEnv, operation: Operation, group: Group, digest: Uint8Array): Uint8Array {
  const dsa = operation.algorithm.work.kind === "dsa";
  const secret = numberOf(operation, dsa ? ATTR.DSA_PRIVATE_VALUE : ATTR.ECC_PRIVATE_VALUE);
  const work = (): Uint8Array => sign(group, secret, digest, core.platform.random);
  if (!dsa) return work();
  const { heap } = core;
  return using(heap, [["M", 64, "core/lib/libtomcrypt/src/pk/dsa/dsa_sign_hash.c", 48, 97]], () => {
    touch(heap, ["C", group.length, "core/lib/libtomcrypt/src/math/rand_bn.c", 25, 43], EXPONENTIATION);
    return work();
  });
}

export function verifyGroup(
  { core }: CryptoEnv,
  operation: Operation,
  group: Group,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (operation.algorithm.work.kind === "dsa") touch(core.heap, EXPONENTIATION, EXPONENTIATION);
  return verify(group, digest, signature);
}
