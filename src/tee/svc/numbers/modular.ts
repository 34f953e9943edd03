// Arithmetic with residues. Its time depends on the numbers: it models a trusted OS, and keeps no real secrets.
import { bitLength, toNumber } from "./bytes.ts";

/** The remainder, never negative. */
export function mod(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** The number that times `value` is 1; null if there is none. */
export function inverse(value: bigint, modulus: bigint): bigint | null {
  let [a, b, x, y] = [mod(value, modulus), modulus, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return a === 1n ? mod(x, modulus) : null;
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
