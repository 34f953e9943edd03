// Tests of sealed.ts.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSealed, seal, unseal } from "./sealed.ts";

const UUID = "00000000-0000-4000-8000-000000000005";
const KEY = Uint8Array.from({ length: 32 }, (_, i) => i);
const ID = Uint8Array.of(1, 2);
const CONTENT = new TextEncoder().encode("what an object holds");

describe("a sealed object", () => {
  it("is what was sealed, for each of its ids", () => {
    const bytes = fc.uint8Array({ maxLength: 100 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 64 }), bytes, (id, other, content) => {
        expect(unseal(KEY, UUID, id, seal(KEY, UUID, [id], content))).toEqual(content);
        const both = seal(KEY, UUID, [id, other], content);
        expect([unseal(KEY, UUID, id, both), unseal(KEY, UUID, other, both)]).toEqual([content, content]);
      }),
    );
  });

  it("has the form that is documented", () => {
    // The checksum is what Python says:
    // hmac.new(bytes(range(32)), b"tmo2" + b"00000000-0000-4000-8000-000000000005" + b"\1\2\1\2" + content, "sha256")
    expect(Buffer.from(seal(KEY, UUID, [ID], CONTENT)).toString("hex")).toBe(
      `${Buffer.from("tmo2").toString("hex")}393c65ddf830db78d50b815fc5dc948b35f55270621b2ba27b7eb284d8eb36a301020102${Buffer.from(CONTENT).toString("hex")}`,
    );
  });

  it("is none if any bit of it is another, or any part of it is missing, or there is more", () => {
    const whole = seal(KEY, UUID, [ID], CONTENT);
    for (let bit = 0; bit < 8 * whole.length; bit++) {
      const damaged = whole.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect([bit, unseal(KEY, UUID, ID, damaged)]).toEqual([bit, null]);
    }
    for (let end = 0; end < whole.length; end++)
      expect([end, unseal(KEY, UUID, ID, whole.slice(0, end))]).toEqual([end, null]);
    expect(unseal(KEY, UUID, ID, Buffer.concat([whole, Uint8Array.of(0)]))).toBeNull();
  });

  it("is none of another application, id or folder", () => {
    const whole = seal(KEY, UUID, [ID], CONTENT);
    expect(unseal(KEY, UUID.replace("5", "6"), ID, whole)).toBeNull();
    for (const id of [[], [1], [2, 1], [1, 2, 0]]) expect(unseal(KEY, UUID, Uint8Array.from(id), whole)).toBeNull();
    expect(unseal(KEY.slice().fill(1, 31), UUID, ID, whole)).toBeNull();
  });

  it("is told from what had no check sum", () => {
    expect(isSealed(seal(KEY, UUID, [ID], CONTENT))).toBe(true);
    for (const text of ["", "tmo", "tmo1xx", "mo2x"]) expect(isSealed(new TextEncoder().encode(text))).toBe(false);
  });
});
