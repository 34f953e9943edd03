// Tests of uuid.ts.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ok } from "../base/result.ts";
import { decodeUuid, encodeUuid, parseUuid } from "./uuid.ts";

const UUID = "8aaaf200-2450-11e4-abe2-0002a5d5c51b";

describe("uuid", () => {
  test("three groups are little endian, the rest is in order", () => {
    const bytes = [0x00, 0xf2, 0xaa, 0x8a, 0x50, 0x24, 0xe4, 0x11, 0xab, 0xe2, 0x00, 0x02, 0xa5, 0xd5, 0xc5, 0x1b];
    expect([...encodeUuid(UUID)]).toEqual(bytes);
    expect(decodeUuid(Uint8Array.from(bytes))).toBe(UUID);
  });

  test("reads upper case, no dashes and xtest's missing dash", () => {
    expect(parseUuid(UUID.toUpperCase())).toEqual(ok(UUID));
    expect(parseUuid(UUID.replaceAll("-", ""))).toEqual(ok(UUID));
    expect(parseUuid("8aaaf200-2450-11e4-abe20002a5d5c51b")).toEqual(ok(UUID));
  });

  test("refuses what is none", () => {
    for (const text of ["", "8aaaf200", `${UUID}0`, UUID.replace("8", "g"), `{${UUID}}`]) {
      expect(parseUuid(text).ok).toBe(false);
    }
  });

  test("decode, encode gives the same bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const before = Uint8Array.from(bytes);
        expect(encodeUuid(decodeUuid(bytes))).toEqual(before);
        expect(bytes).toEqual(before);
        expect(parseUuid(decodeUuid(bytes))).toEqual(ok(decodeUuid(bytes)));
      }),
    );
  });
});
