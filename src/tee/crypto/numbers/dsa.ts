// DSA and ECDSA: FIPS 186-4, chapters 4 and 6. Signatures are pairs of numbers of the order's length.
import { bitLength, concat, toBytes, toNumber } from "../bytes.ts";
import type { Curve } from "./curves.ts";
import { inverse, mod, power, randomBelow } from "./modular.ts";
import { type Affine, onCurve, times, timesSum } from "./points.ts";

/** What both have in common: the order, and what becomes of a random number and of a check. */
export interface Group {
  readonly order: bigint;
  /** Bytes of each number of a signature. */
  readonly length: number;
  /** The first number of a signature with the random number `k`. */
  first(k: bigint): bigint;
  /** The same from the two factors of a check; null if the key is impossible. */
  check(u1: bigint, u2: bigint): bigint | null;
}

export function dsaGroup(p: bigint, q: bigint, g: bigint, y: bigint): Group {
  return {
    order: q,
    length: Math.ceil(bitLength(q) / 8),
    first: (k) => power(g, k, p) % q,
    check: (u1, u2) => ((power(g, u1, p) * power(y, u2, p)) % p) % q,
  };
}

export function curveGroup(curve: Curve, key: Affine): Group {
  return {
    order: curve.n,
    length: Math.ceil(curve.bits / 8),
    first: (k) => (times(curve, k, curve)?.x ?? 0n) % curve.n,
    check(u1, u2) {
      if (!onCurve(curve, key)) return null;
      const sum = timesSum(curve, u1, curve, u2, key);
      return sum && sum.x % curve.n;
    },
  };
}

export function sign(group: Group, secret: bigint, digest: Uint8Array, random: (into: Uint8Array) => void): Uint8Array {
  const message = leftmost(digest, group.order);
  for (;;) {
    const k = randomBelow(group.order, random);
    const r = group.first(k);
    const s = ((inverse(k, group.order) ?? 0n) * (message + secret * r)) % group.order;
    if (r !== 0n && s !== 0n) return concat(toBytes(r, group.length), toBytes(s, group.length));
  }
}

export function verify(group: Group, digest: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 2 * group.length) return false;
  const r = toNumber(signature.subarray(0, group.length));
  const s = toNumber(signature.subarray(group.length));
  if (r === 0n || s === 0n || r >= group.order || s >= group.order) return false;
  const w = inverse(s, group.order);
  if (w === null) return false;
  const u1 = mod(leftmost(digest, group.order) * w, group.order);
  return group.check(u1, mod(r * w, group.order)) === r;
}

/** As many bits of a digest as the order has. */
function leftmost(digest: Uint8Array, order: bigint): bigint {
  const extra = digest.length * 8 - bitLength(order);
  const value = toNumber(digest);
  return extra > 0 ? value >> BigInt(extra) : value;
}
