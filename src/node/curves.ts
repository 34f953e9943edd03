// Elliptic curves: key pairs by OpenSSL; points, ECDH, and ECDSA over digests (OpenSSL signs messages only through Node) by
// @noble/curves. OpenSSL 3.5 (Node 24) takes no point of another key for SM2, so that ECDH is a multiple of a point here.
import { createECDH, getCurves } from "node:crypto";
import { ecdsa, weierstrass } from "@noble/curves/abstract/weierstrass.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Affine, Curve, CurveName } from "../tee/kernel/host/key_provider.ts";
import { toBytes, toNumber } from "../tee/svc/numbers/bytes.ts";
import { CURVE_NUMBERS, type CurveNumbers } from "./curve_numbers.ts";

/** A curve by its name, always the same one. null for one that this build of OpenSSL lacks. */
export function createCurves(): (name: CurveName) => Curve | null {
  const there = new Set(getCurves());
  const known = new Map<CurveName, Curve>();
  return (name) => {
    const numbers = CURVE_NUMBERS[name];
    if (!there.has(numbers.name)) return null;
    const curve = known.get(name) ?? createCurve(numbers);
    known.set(name, curve);
    return curve;
  };
}

function createCurve({ name, bits, p, b, n, x, y }: CurveNumbers): Curve {
  const length = Math.ceil(bits / 8);
  const a = p - 3n;
  const Point = weierstrass({ p, n, h: 1n, a, b, Gx: x, Gy: y });
  type Inner = InstanceType<typeof Point>;
  const signer = ecdsa(Point, sha256);
  const affine = (point: Inner): Affine | null => (point.is0() ? null : { ...point.toAffine() });
  const multiple = (k: bigint, point: Affine): Inner => Point.fromAffine(point).multiplyUnsafe(k % n);
  const encode = (point: Affine): Uint8Array => {
    const bytes = new Uint8Array(1 + 2 * length).fill(4, 0, 1);
    bytes.set(toBytes(point.x, length), 1);
    bytes.set(toBytes(point.y, length), 1 + length);
    return bytes;
  };
  const has = ({ x, y }: Affine): boolean =>
    x >= 0n && y >= 0n && x < p && y < p && (y * y - (x * x * x + a * x + b)) % p === 0n;
  const usable = (secret: bigint): boolean => secret > 0n && secret < n;
  return {
    bits,
    a,
    b,
    order: n,
    base: { x, y },
    has,
    times: (k, point) => affine(multiple(k, point)),
    sum: (k, one, l, other) => affine(multiple(k, one).add(multiple(l, other))),
    newKey() {
      const key = createECDH(name);
      const point = new Uint8Array(key.generateKeys());
      const [left, right] = [point.subarray(1, 1 + length), point.subarray(1 + length)];
      return { secret: toNumber(key.getPrivateKey()), point: { x: toNumber(left), y: toNumber(right) } };
    },
    agree(secret, point) {
      if (!has(point) || !usable(secret)) return null;
      return affine(multiple(secret, point))?.x ?? null;
    },
    sign(secret, digest, random) {
      if (!usable(secret)) return null;
      const options = { prehash: false, lowS: false, extraEntropy: random } as const;
      return signer.sign(digest, toBytes(secret, length), options);
    },
    verify(key, digest, signature) {
      if (!has(key) || signature.length !== 2 * length) return false;
      return signer.verify(signature, digest, encode(key), { prehash: false, lowS: false });
    },
  };
}
