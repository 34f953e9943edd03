// Arithmetic with residues. Its time depends on the numbers: it models a trusted OS, and keeps no real secrets.
import { bitLength, toNumber } from "./bytes.ts";

/** The remainder, never negative. */
export function mod(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** The number that times `value` is 1; null if there is none. */
export function inverse(value: bigint, modulus: bigint): bigint | null {
  const { gcd, u } = extendedGcd(mod(value, modulus), modulus);
  return gcd === 1n ? mod(u, modulus) : null;
}

/** The greatest common divisor, and `u`, `v` with `u * a + v * b` equal to it. */
export function extendedGcd(a: bigint, b: bigint): { readonly gcd: bigint; readonly u: bigint; readonly v: bigint } {
  let [r, s, u, x, v, y] = [a, b, 1n, 0n, 0n, 1n];
  while (s !== 0n) {
    const quotient = r / s;
    [r, s] = [s, r - quotient * s];
    [u, x] = [x, u - quotient * x];
    [v, y] = [y, v - quotient * y];
  }
  return r < 0n ? { gcd: -r, u: -u, v: -v } : { gcd: r, u, v };
}

/** A power as a residue, by square and multiply. */
export function powerModulo(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = mod(base, modulus);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return mod(result, modulus);
}

/** A random number from 1 to `below` - 1. */
export function randomBelow(below: bigint, random: (into: Uint8Array) => void): bigint {
  const bits = bitLength(below);
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  for (;;) {
    random(bytes);
    bytes[0] = (bytes[0] ?? 0) & (0xff >>> (bytes.length * 8 - bits));
    const value = toNumber(bytes);
    if (value > 0n && value < below) return value;
  }
}
