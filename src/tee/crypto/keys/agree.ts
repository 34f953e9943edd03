// Key agreement: NIST SP 800-56A, the shared secret alone. OP-TEE's memory for it was not measured.
import type { Attribute } from "../../api/crypto_api.ts";
import { bitLength, toBytes, toNumber } from "../bytes.ts";
import { ATTR } from "../ids.ts";
import { CURVES } from "../numbers/curves.ts";
import { power } from "../numbers/modular.ts";
import { onCurve, times } from "../numbers/points.ts";
import type { Operation } from "../state.ts";
import { numberOf } from "./numbers_of.ts";

/** The secret that an operation's key and the other side's public values share; null for impossible values. */
export function agree(operation: Operation, attributes: readonly Attribute[]): Uint8Array | null {
  return operation.algorithm.work.kind === "dh" ? dh(operation, attributes) : ecdh(operation, attributes);
}

function given(attributes: readonly Attribute[], wanted: number): bigint | null {
  const found = attributes.find(({ id }) => id === wanted);
  return found?.kind === "ref" ? toNumber(found.data) : null;
}

function dh(operation: Operation, attributes: readonly Attribute[]): Uint8Array | null {
  const p = numberOf(operation, ATTR.DH_PRIME);
  const other = given(attributes, ATTR.DH_PUBLIC_VALUE);
  if (other === null || other < 2n || other > p - 2n) return null;
  const secret = power(other, numberOf(operation, ATTR.DH_PRIVATE_VALUE), p);
  // OP-TEE gives the number without leading zeros.
  return toBytes(secret, Math.max(1, Math.ceil(bitLength(secret) / 8)));
}

function ecdh(operation: Operation, attributes: readonly Attribute[]): Uint8Array | null {
  const curve = CURVES.get(operation.keys[0]?.values.get(ATTR.ECC_CURVE)?.a ?? 0);
  const x = given(attributes, ATTR.ECC_PUBLIC_VALUE_X);
  const y = given(attributes, ATTR.ECC_PUBLIC_VALUE_Y);
  if (curve === undefined || x === null || y === null || !onCurve(curve, { x, y })) return null;
  const shared = times(curve, numberOf(operation, ATTR.ECC_PRIVATE_VALUE), { x, y });
  return shared && toBytes(shared.x, Math.ceil(curve.bits / 8));
}
