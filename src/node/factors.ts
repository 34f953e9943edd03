// The primes of an RSA key from its exponents: NIST SP 800-56B rev. 2, appendix C.1.
import { randomBytes } from "node:crypto";
import { toNumber } from "../tee/svc/numbers/bytes.ts";
import { power } from "./power.ts";

const TRIES = 100;

/** Both primes, the larger one first; null if the exponents do not belong together. */
export function factors(n: bigint, e: bigint, d: bigint): readonly [bigint, bigint] | null {
  const product = d * e - 1n;
  if (n < 15n || n % 2n === 0n || product <= 0n || product % 2n !== 0n) return null;
  let [odd, halves] = [product, 0];
  for (; odd % 2n === 0n; halves++) odd /= 2n;
  const reduced = odd;
  for (let i = 0; i < TRIES; i++) {
    const base = 2n + (toNumber(randomBytes(16)) % (n - 3n));
    // A result of 1 or n - 1, which OpenSSL refuses as a secret, says nothing.
    let value = power(base, reduced, n) ?? 1n;
    for (let k = 0; k < halves && value !== 1n && value !== n - 1n; k++) {
      const square: bigint = (value * value) % n;
      if (square === 1n) return pairOf(greatestCommon(value - 1n, n), n);
      value = square;
    }
  }
  return null;
}

function pairOf(p: bigint, n: bigint): readonly [bigint, bigint] {
  const q = n / p;
  return p > q ? [p, q] : [q, p];
}

function greatestCommon(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
