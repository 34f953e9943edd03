// Points of a curve, in Jacobian coordinates (x/z², y/z³); z = 0 is the point at infinity.
import type { Curve } from "./curves.ts";
import { inverse, mod } from "./modular.ts";

export interface Affine {
  readonly x: bigint;
  readonly y: bigint;
}

type Point = readonly [x: bigint, y: bigint, z: bigint];

const INFINITY: Point = [1n, 1n, 0n];

/** Whether a point lies on the curve, and its coordinates are reduced. */
export function onCurve({ p, b }: Curve, { x, y }: Affine): boolean {
  if (x < 0n || y < 0n || x >= p || y >= p) return false;
  return mod(y * y - (x * x * x - 3n * x + b), p) === 0n;
}

/** k·P; null for the point at infinity. */
export function times(curve: Curve, k: bigint, { x, y }: Affine): Affine | null {
  return affine(curve, multiply(curve, k, [x, y, 1n]));
}

/** k·P + l·Q; null for the point at infinity. */
export function timesSum(curve: Curve, k: bigint, one: Affine, l: bigint, other: Affine): Affine | null {
  const left = multiply(curve, k, [one.x, one.y, 1n]);
  return affine(curve, add(curve, left, multiply(curve, l, [other.x, other.y, 1n])));
}

function multiply(curve: Curve, k: bigint, point: Point): Point {
  let result = INFINITY;
  for (const bit of k.toString(2)) {
    result = double(curve, result);
    if (bit === "1") result = add(curve, result, point);
  }
  return result;
}

function double({ p }: Curve, [x, y, z]: Point): Point {
  if (z === 0n || y === 0n) return INFINITY;
  const zz = (z * z) % p;
  const yy = (y * y) % p;
  const s = (4n * x * yy) % p;
  const m = mod(3n * (x - zz) * (x + zz), p);
  const newX = mod(m * m - 2n * s, p);
  return [newX, mod(m * (s - newX) - 8n * yy * yy, p), (2n * y * z) % p];
}

function add(curve: Curve, one: Point, other: Point): Point {
  const { p } = curve;
  const [x1, y1, z1] = one;
  const [x2, y2, z2] = other;
  if (z1 === 0n) return other;
  if (z2 === 0n) return one;
  const zz1 = (z1 * z1) % p;
  const zz2 = (z2 * z2) % p;
  const u1 = (x1 * zz2) % p;
  const s1 = (y1 * zz2 * z2) % p;
  const h = mod(x2 * zz1 - u1, p);
  const r = mod(y2 * zz1 * z1 - s1, p);
  if (h === 0n) return r === 0n ? double(curve, one) : INFINITY;
  const hh = (h * h) % p;
  const hhh = (h * hh) % p;
  const v = (u1 * hh) % p;
  const x = mod(r * r - hhh - 2n * v, p);
  return [x, mod(r * (v - x) - s1 * hhh, p), (h * z1 * z2) % p];
}

function affine({ p }: Curve, [x, y, z]: Point): Affine | null {
  if (z === 0n) return null;
  const reciprocal = inverse(z, p) ?? 0n;
  const square = (reciprocal * reciprocal) % p;
  return { x: (x * square) % p, y: (y * square * reciprocal) % p };
}
