// Reads the parts of an operation's key.
import type { Affine, Curve } from "../../kernel/host/key_provider.ts";
import { ATTR } from "../crypto/ids.ts";
import type { CrypState } from "../crypto/state.ts";
import { toNumber } from "../numbers/bytes.ts";
import { refuse } from "../reply.ts";

/** A part of an operation's key, or of its second one with `n` 1. Panics if the key lacks it. */
export function bytesOf({ keys }: CrypState, id: number, n = 0): Uint8Array {
  return keys[n]?.refs.get(id) ?? refuse("the key lacks a part");
}

/** The same as a number. */
export function numberOf(operation: CrypState, id: number, n = 0): bigint {
  return toNumber(bytesOf(operation, id, n));
}

/** A number of an operation's key that it may lack. */
export function optionalNumber({ keys }: CrypState, id: number, n = 0): bigint | null {
  const data = keys[n]?.refs.get(id);
  return data === undefined ? null : toNumber(data);
}

/** The public point of an operation's key; made from the secret where a pair lacks it. Panics if it is impossible. */
export function publicPoint(curve: Curve, operation: CrypState, n = 0): Affine {
  const [x, y] = [ATTR.ECC_PUBLIC_VALUE_X, ATTR.ECC_PUBLIC_VALUE_Y].map((id) => optionalNumber(operation, id, n));
  if (x == null || y == null)
    return curve.times(numberOf(operation, ATTR.ECC_PRIVATE_VALUE, n), curve.base) ?? refuse("the key is impossible");
  return curve.has({ x, y }) ? { x, y } : refuse("the key is impossible");
}
