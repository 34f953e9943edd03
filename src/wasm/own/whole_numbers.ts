// Arithmetic with whole numbers of any size. Its time depends on the numbers, as in tee/svc/numbers/modular.ts.
import { powerModulo, randomBelow } from "../../tee/svc/numbers/modular.ts";

/** Quotient towards 0, and the rest, which has the sign of `a`. */
export function divided(a: bigint, b: bigint): readonly [quotient: bigint, remainder: bigint] {
  return [a / b, a % b];
}

const SMALL = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n];

/** Random bases beside the small ones: the chance of an error is 4 to the power of minus this. */
const ROUNDS = 40;

/** Miller and Rabin's test. */
export function isProbablePrime(n: bigint, random: (into: Uint8Array) => void): boolean {
  if (n < 2n) return false;
  if (SMALL.some((prime) => n % prime === 0n)) return SMALL.includes(n);
  let [odd, twos] = [n - 1n, 0];
  while (odd % 2n === 0n) [odd, twos] = [odd / 2n, twos + 1];
  const passes = (base: bigint): boolean => {
    let value = powerModulo(base, odd, n);
    if (value === 1n || value === n - 1n) return true;
    for (let i = 1; i < twos; i++) {
      value = (value * value) % n;
      if (value === n - 1n) return true;
    }
    return false;
  };
  return SMALL.every(passes) && Array.from({ length: ROUNDS }).every(() => passes(randomBelow(n, random)));
}
