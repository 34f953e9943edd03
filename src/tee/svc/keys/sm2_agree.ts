// SM2_KEP: GM/T 0003.3-2012. OP-TEE's memory for it was not measured.

import type { Affine } from "../../kernel/host/key_provider.ts";
import type { Attribute } from "../crypto/attribute.ts";
import type { CryptoEnv } from "../crypto/env.ts";
import { ATTR, OLD_EPHEMERAL } from "../crypto/ids.ts";
import type { CrypState } from "../crypto/state.ts";
import { concat, equal } from "../numbers/bytes.ts";
import { mod } from "../numbers/modular.ts";
import { numberOf, publicPoint } from "./numbers_of.ts";
import { givenPoint, SM2_BYTES, sm2Curve, sm2Key, sm3, word } from "./sm2.ts";

/**
 * So many bytes of the key that an operation's two keys (the lasting and the ephemeral one) and the other side's have in
 * common; null if a value is missing or impossible, or if the other side's confirmation is wrong. Writes its own one.
 */
export function sm2Agree(
  env: CryptoEnv,
  operation: CrypState,
  attributes: readonly Attribute[],
  length: number,
): Uint8Array | null {
  const curve = sm2Curve(env);
  const other = givenPoint(env, attributes, [ATTR.ECC_PUBLIC_VALUE_X], [ATTR.ECC_PUBLIC_VALUE_Y]);
  const { ECC_EPHEMERAL_PUBLIC_VALUE_X: x, ECC_EPHEMERAL_PUBLIC_VALUE_Y: y } = ATTR;
  const otherEphemeral = givenPoint(env, attributes, [x, OLD_EPHEMERAL.X], [y, OLD_EPHEMERAL.Y]);
  const user = attributes.find(({ id }) => id === ATTR.SM2_KEP_USER);
  const [began, answered] = [ref(attributes, ATTR.SM2_ID_INITIATOR), ref(attributes, ATTR.SM2_ID_RESPONDER)];
  if (other === null || otherEphemeral === null || user?.kind !== "value" || !began || !answered) return null;
  const [own, ownEphemeral] = [publicPoint(curve, operation), publicPoint(curve, operation, 1)];
  const t = mod(
    numberOf(operation, ATTR.ECC_PRIVATE_VALUE) + half(ownEphemeral) * numberOf(operation, ATTR.ECC_PRIVATE_VALUE, 1),
    curve.order,
  );
  const sum = curve.sum(1n, other, half(otherEphemeral), otherEphemeral);
  const shared = sum && curve.times(t, sum);
  if (shared === null) return null;
  const first = user.a === 0;
  const who = concat(identity(env, began, first ? own : other), identity(env, answered, first ? other : own));
  const points = first ? [ownEphemeral, otherEphemeral] : [otherEphemeral, ownEphemeral];
  const confirmation = (flag: number): Uint8Array => {
    const inner = sm3(env, word(shared.x), who, ...points.flatMap((one) => [word(one.x), word(one.y)]));
    return sm3(env, Uint8Array.of(flag), word(shared.y), inner);
  };
  const theirs = ref(attributes, ATTR.SM2_KEP_CONFIRMATION_IN);
  if (theirs && !equal(theirs.subarray(0, SM2_BYTES), confirmation(first ? 2 : 3))) return null;
  const ours = ref(attributes, ATTR.SM2_KEP_CONFIRMATION_OUT);
  if (ours && ours.length < SM2_BYTES) return null;
  ours?.set(confirmation(first ? 3 : 2));
  return sm2Key(env, concat(word(shared.x), word(shared.y), who), length);
}

function ref(attributes: readonly Attribute[], wanted: number): Uint8Array | null {
  const found = attributes.find(({ id }) => id === wanted);
  return found?.kind === "ref" ? found.data : null;
}

/** The lower half of x with the bit above it: part 3, 6.1. */
function half({ x }: Affine): bigint {
  return 2n ** 127n + (x & (2n ** 127n - 1n));
}

/** The digest of a side's name and key: part 2, 5.5. */
function identity(env: CryptoEnv, name: Uint8Array, key: Affine): Uint8Array {
  const bits = name.length * 8;
  const { a, b, base } = sm2Curve(env);
  const numbers = [a, b, base.x, base.y, key.x, key.y];
  return sm3(env, Uint8Array.of((bits >> 8) & 255, bits & 255), name, ...numbers.map(word));
}
