// Tests of oaep.ts.
import fc from "fast-check";
import { expect, it } from "vitest";
import { oaepPad, oaepUnpad } from "./oaep.ts";
import type { Digest } from "./padding.ts";

/** Toys of 4 and 3 bytes that depend on all of their input. */
const digest =
  (length: number): Digest =>
  (data) =>
    data.reduce((sum, byte, n) => {
      sum[n % length] = ((sum[n % length] ?? 0) * 31 + byte + n) & 255;
      return sum;
    }, new Uint8Array(length));
const digests = { label: digest(4), mask: digest(3) };

it("gives back what it took, and nothing of another label or of a changed block", () => {
  const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });
  const seed = fc.uint8Array({ minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(bytes(10), bytes(8), seed, (data, label, seed) => {
      const block = oaepPad(data, 20, label, digests, seed);
      if (block === null) throw new Error("it fits");
      expect(oaepUnpad(block, label, digests)).toEqual(data);
      expect(oaepUnpad(Uint8Array.of(1, ...block.slice(1)), label, digests)).toBeNull();
      expect(
        oaepUnpad(block, label, { ...digests, label: (bytes) => digests.label(bytes).map((byte) => byte ^ 1) }),
      ).toBeNull();
    }),
  );
});

it("takes as much as there is room for, and no block that is too short", () => {
  const seed = new Uint8Array(4);
  expect(oaepPad(new Uint8Array(10), 20, seed, digests, seed)).toHaveLength(20);
  expect(oaepPad(new Uint8Array(11), 20, seed, digests, seed)).toBeNull();
  expect(oaepUnpad(new Uint8Array(9), seed, digests)).toBeNull();
});
