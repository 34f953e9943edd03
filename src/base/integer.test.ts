// Tests of integer.ts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isPowerOfTwo, roundDown, roundUp } from "./integer.ts";

test("powers of two up to 2^1023 are told from everything else", () => {
  for (let exponent = 0; exponent < 1024; exponent++) expect(isPowerOfTwo(2 ** exponent)).toBe(true);
  for (const n of [0, -1, -2, 3, 6, 0.5, 1.5, 2 ** 31 + 1, 2 ** 32 + 2, 2 ** 53 - 1, 3 * 2 ** 40, Number.NaN])
    expect(isPowerOfTwo(n)).toBe(false);
  expect(isPowerOfTwo(Number.POSITIVE_INFINITY)).toBe(false);
});

test("rounding gives the nearest multiple on its side, exactly up to 2^53", () => {
  const quantum = fc.nat(40).map((exponent) => 2 ** exponent);
  const number = fc.oneof(fc.nat(), fc.integer({ min: 0, max: 2 ** 52 }));
  fc.assert(
    fc.property(number, quantum, (n, q) => {
      const [down, up] = [roundDown(n, q), roundUp(n, q)];
      expect([down % q, up % q]).toEqual([0, 0]);
      expect(n - down).toBeGreaterThanOrEqual(0);
      expect(n - down).toBeLessThan(q);
      expect(up - n).toBeGreaterThanOrEqual(0);
      expect(up - n).toBeLessThan(q);
    }),
  );
});
