/** True for 1, 2, 4 … up to 2^1023; false for 0, negatives and fractions. */
export function isPowerOfTwo(n: number): boolean {
  if (n <= 0x40000000) return n > 0 && Number.isInteger(n) && (n & (n - 1)) === 0;
  return n % 0x40000000 === 0 && isPowerOfTwo(n / 0x40000000);
}

/** Rounds up to a multiple of `quantum` (a power of two). Exact up to 2^53. */
export function roundUp(n: number, quantum: number): number {
  return roundDown(n + quantum - 1, quantum);
}

/** Rounds down to a multiple of `quantum` (a power of two). Exact up to 2^53; `n` is not negative. */
export function roundDown(n: number, quantum: number): number {
  // The remainder of numbers that are no small integers is slow, and allocators round in every operation.
  return n <= 0x7fffffff ? n & -quantum : n - (n % quantum);
}

/** n times n. V8 is slower at `n ** 2`, and allocators square a size or two in every operation. */
export function square(n: number): number {
  return n * n;
}
