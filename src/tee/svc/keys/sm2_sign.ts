// SM2_DSA_SM3: GM/T 0003.2-2012. The digest is that of the signer's data and the message, which the TA makes.

import type { CryptoEnv } from "../crypto/env.ts";
import { ATTR } from "../crypto/ids.ts";
import { touch, using } from "../crypto/scratch.ts";
import type { CrypState } from "../crypto/state.ts";
import { concat, toNumber } from "../numbers/bytes.ts";
import { inverse, mod, randomBelow } from "../numbers/modular.ts";
import { refuse } from "../reply.ts";
import { MOST_TRIES } from "./dsa.ts";
import { numberOf, publicPoint } from "./numbers_of.ts";
import { sumMemory, timesMemory } from "./point_memory.ts";
import { SM2_BYTES, sm2Curve, word } from "./sm2.ts";

export function sm2Sign(env: CryptoEnv, operation: CrypState, digest: Uint8Array): Uint8Array {
  const { core } = env;
  const { host } = core;
  const curve = sm2Curve(env);
  const { order: n } = curve;
  const [secret, message] = [numberOf(operation, ATTR.ECC_PRIVATE_VALUE), toNumber(digest)];
  return using(core, [["work.sm2_sign"]], () => {
    for (let i = 0; i < MOST_TRIES; i++) {
      touch(core, ["work.random_number", SM2_BYTES]);
      timesMemory(core);
      const k = randomBelow(n, host.random);
      const r = mod(message + (curve.times(k, curve.base)?.x ?? 0n), n);
      const s = mod((inverse(1n + secret, n) ?? 0n) * mod(k - r * secret, n), n);
      if (r !== 0n && r + k !== n && s !== 0n) return concat(word(r), word(s));
    }
    return refuse("the key is impossible");
  });
}

export function sm2Verify(env: CryptoEnv, operation: CrypState, digest: Uint8Array, signature: Uint8Array): boolean {
  const { core } = env;
  const curve = sm2Curve(env);
  const { order: n } = curve;
  if (signature.length !== 2 * SM2_BYTES) return false;
  const [r, s] = [toNumber(signature.subarray(0, SM2_BYTES)), toNumber(signature.subarray(SM2_BYTES))];
  if (r === 0n || s === 0n || r >= n || s >= n || mod(r + s, n) === 0n) return false;
  const key = publicPoint(curve, operation);
  return using(core, [["work.sm2_verify"]], () => {
    sumMemory(core);
    const sum = curve.sum(s, curve.base, mod(r + s, n), key);
    return sum !== null && mod(toNumber(digest) + sum.x, n) === r;
  });
}
