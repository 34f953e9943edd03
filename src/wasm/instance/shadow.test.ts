// Tests of shadow.ts.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createShadow, GRANULE, POISON, pagesWithShadow, SHADOW_OFFSET } from "./shadow.ts";

const LIMIT = 1024;
const make = () => createShadow(new ArrayBuffer(SHADOW_OFFSET + LIMIT / GRANULE), LIMIT);

describe("the shadow of memory", () => {
  test("knows each byte of blocks at granules, as if each had a mark of its own", () => {
    const block = fc.record({ granule: fc.nat(LIMIT / GRANULE - 9), length: fc.nat(64) });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), block), { maxLength: 12 }), (steps) => {
        const shadow = make();
        const open = new Array<boolean>(LIMIT).fill(false);
        shadow.poison(0, LIMIT, POISON.heap);
        for (const [opens, { granule, length }] of steps) {
          const at = granule * GRANULE;
          const whole = Math.ceil(length / GRANULE) * GRANULE;
          if (opens) shadow.open(at, length);
          else shadow.poison(at, length, POISON.freed);
          // What shares the last granule with it is closed.
          open.fill(false, at, at + whole);
          if (opens) open.fill(true, at, at + length);
        }
        for (let at = 0; at < LIMIT; at++) expect(shadow.codeAt(at) === 0, String(at)).toBe(open[at]);
        const first = open.indexOf(false, 8);
        expect(shadow.firstClosed(8, LIMIT - 8)).toBe(first);
      }),
    );
  });

  test("keeps the first bytes of a granule that is closed from its middle on", () => {
    const shadow = make();
    shadow.open(0, 64);
    shadow.poison(13, 19, POISON.global);
    expect([12, 13, 31, 32].map((at) => shadow.codeAt(at) === 0)).toEqual([true, false, false, true]);
    expect(shadow.codeAt(16)).toBe(POISON.global);
  });

  test("closes what it does not know, and finds a mark before an address", () => {
    const shadow = make();
    expect(shadow.codeAt(LIMIT + 8)).toBe(POISON.outside);
    shadow.poison(96, 32, POISON.stackLeft);
    expect(shadow.before(200, [POISON.stackLeft], 256)).toBe(120);
    expect(shadow.before(200, [POISON.stackLeft], 64)).toBe(-1);
  });

  test("has room behind the memory of a module", () => {
    expect(pagesWithShadow(16, false) * 65536).toBeGreaterThanOrEqual(SHADOW_OFFSET + (16 * 65536) / GRANULE);
    expect(pagesWithShadow(16, true) * 65536).toBe(0x20000000 + 16 * 65536);
  });
});
