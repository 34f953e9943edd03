// Tests of attributes.ts.
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Attribute } from "../../svc/crypto/attribute.ts";
import { ATTR_VALUE_BIT } from "../../svc/crypto/ids.ts";
import { packAttributes, unpackAttributes } from "./attributes.ts";

const word = fc.integer({ min: 0, max: 0xffffffff });
const attribute: fc.Arbitrary<Attribute> = fc.oneof(
  fc.record({
    kind: fc.constant("ref" as const),
    id: word.map((id) => (id & ~ATTR_VALUE_BIT) >>> 0),
    data: fc.uint8Array(),
  }),
  fc.record({
    kind: fc.constant("value" as const),
    id: word.map((id) => (id | ATTR_VALUE_BIT) >>> 0),
    a: word,
    b: word,
  }),
);

it("unpacks what it packed", () => {
  fc.assert(
    fc.property(fc.array(attribute), (list) => {
      expect(unpackAttributes(packAttributes(list))).toEqual(list);
    }),
  );
});

it("takes no attributes for an empty buffer, and refuses what was cut off", () => {
  expect(unpackAttributes(new Uint8Array())).toEqual([]);
  const whole = packAttributes([
    { kind: "ref", id: 1, data: Uint8Array.of(1, 2, 3) },
    { kind: "value", id: ATTR_VALUE_BIT, a: 1, b: 2 },
  ]);
  for (let length = 1; length < whole.length; length++) expect(unpackAttributes(whole.subarray(0, length))).toBeNull();
});

it("never reads beyond the buffer", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      for (const one of unpackAttributes(bytes) ?? [])
        if (one.kind === "ref") expect(one.data.byteOffset + one.data.length).toBeLessThanOrEqual(bytes.length);
    }),
  );
});
