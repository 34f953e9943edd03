// Tests of statistics that travel as value parameters: pager and time.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ok } from "../base/result.ts";
import { fragmentation, fragmentationPercent } from "./fragmentation.ts";
import { decodePager, encodePager } from "./pager.ts";
import { emptyRecord } from "./record.ts";
import { decodeTime, encodeTime } from "./time.ts";

const u32 = fc.nat(0xffffffff);

describe("value parameters", () => {
  test("pager: npages, npages_all / ro, rw / hidden, zi", () => {
    const stats = decodePager([
      { a: 1, b: 2 },
      { a: 3, b: 4 },
      { a: 5, b: 6 },
    ]);
    expect(stats).toEqual(
      ok({
        unlockedPages: 1,
        poolPages: 2,
        readOnlyFaults: 3,
        readWriteFaults: 4,
        hiddenFaults: 5,
        zeroPagesReleased: 6,
      }),
    );
    expect(decodePager([]).ok).toBe(false);
  });

  test("encode, decode", () => {
    const value = fc.record({ a: u32, b: u32 });
    fc.assert(
      fc.property(fc.tuple(value, value, value), (params) => {
        const pager = decodePager(params);
        expect(pager.ok && encodePager(pager.value)).toEqual(params);
        const time = decodeTime(params);
        expect(time.ok && encodeTime(time.value)).toEqual(params.slice(0, 2));
      }),
    );
    expect(decodeTime([{ a: 1, b: 1 }]).ok).toBe(false);
  });
});

describe("fragmentation", () => {
  const pool = { ...emptyRecord("Heap"), size: 1000, allocated: 900 };

  test("one block is 0, ten equal ones are 90 percent", () => {
    expect(fragmentation({ ...pool, free2Sum: 10_000n })).toBe(0);
    expect(fragmentation({ ...pool, free2Sum: 1000n })).toBe(0.9);
    expect(fragmentationPercent({ ...pool, free2Sum: 1000n })).toBe(90);
    expect(fragmentationPercent({ ...pool, free2Sum: 1001n })).toBe(89);
  });

  test("no figure, a full pool, an impossible sum", () => {
    expect(fragmentation(pool)).toBeUndefined();
    expect(fragmentation({ ...pool, free2Sum: 0n })).toBeUndefined();
    expect(fragmentation({ ...pool, allocated: 1000, free2Sum: 1n })).toBeUndefined();
    expect(fragmentation({ ...pool, free2Sum: 2n ** 64n - 1n })).toBe(0);
  });
});
