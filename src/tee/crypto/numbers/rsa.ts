// The bare RSA operations and key generation: RFC 8017, chapters 3 and 5.
import { bitLength } from "../bytes.ts";
import { inverse, power } from "./modular.ts";

export interface RsaKey {
  readonly n: bigint;
  readonly e: bigint;
  readonly d?: bigint;
  readonly crt?: RsaPrimes;
}

export interface RsaPrimes {
  readonly p: bigint;
  readonly q: bigint;
  readonly dp: bigint;
  readonly dq: bigint;
  readonly qinv: bigint;
}

export function publicPower({ n, e }: RsaKey, value: bigint): bigint {
  return power(value, e, n);
}

export function privatePower({ n, d = 0n, crt }: RsaKey, value: bigint): bigint {
  if (crt === undefined) return power(value, d, n);
  const { p, q, dp, dq, qinv } = crt;
  const second = power(value, dq, q);
  const difference = (((power(value, dp, p) - second) % p) + p) % p;
  return second + q * ((qinv * difference) % p);
}

/** A new key of exactly so many bits. */
export async function newRsaKey(
  bits: number,
  e: bigint,
  prime: (bits: number) => Promise<bigint>,
): Promise<Required<RsaKey>> {
  for (;;) {
    const [p, q] = [await prime(Math.ceil(bits / 2)), await prime(Math.floor(bits / 2))];
    const n = p * q;
    const d = inverse(e, (p - 1n) * (q - 1n));
    const qinv = inverse(q, p);
    if (p === q || d === null || qinv === null || bitLength(n) !== bits) continue;
    return { n, e, d, crt: { p, q, dp: d % (p - 1n), dq: d % (q - 1n), qinv } };
  }
}
